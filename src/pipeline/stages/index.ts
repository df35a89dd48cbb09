import hostTags from './host-tags/stage.ts'

/** Every stage, in the order they run. One line per folder. */
export const stages = [hostTags] as const
