import { enMap } from './en-map.ts'
import { frMap } from './fr-map.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the map of containers, or the choice of columns, may say. */
export type MapMessageKey = MessageKey | keyof typeof enMap

/** Says the sentences of the map, and those of every page. */
export const { say, sayCount }: Speaker<MapMessageKey> = extendMessages({
  en: enMap,
  fr: frMap,
})
