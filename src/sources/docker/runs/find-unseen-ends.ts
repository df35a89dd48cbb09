import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { isSameStart, openFromList, type OpenRun, type RunEnd } from './run.ts'

/** The engine's list, and what was known when it was made. */
export interface Listing {
  readonly containers: readonly EngineContainer[]
  /** Containers that are there but cannot be read. */
  readonly unreadableIds: ReadonlySet<string>
  readonly openThen: ReadonlyMap<string, OpenRun>
  /** Unix milliseconds. */
  readonly listedAtMs: number
  /** Until when every end was seen, Unix milliseconds. */
  readonly seenUntilMs: number
}

/** The end of a run that no event has told. */
export interface UnseenEnd {
  readonly run: OpenRun
  readonly end: RunEnd
  /** Start of a run that only the list knows, as the container says it. */
  readonly listedStartMs?: number
}

/**
 * Compares the list with the runs that were open when it was made. What events have told since then stands.
 * @param open The runs that are open now, by container.
 */
export function findUnseenEnds(
  listing: Listing,
  open: ReadonlyMap<string, OpenRun>,
): readonly UnseenEnd[] {
  const { containers, openThen, unreadableIds } = listing
  const isUntouched = (id: string): boolean => open.get(id) === openThen.get(id)
  const listed = new Set(containers.map(({ id }) => id))
  const gone = [...openThen.values()].filter(
    ({ containerId: id }) => !listed.has(id) && !unreadableIds.has(id) && isUntouched(id),
  )
  return [
    ...gone.map((run) => ({ run, end: { finishedAtMs: listing.listedAtMs, wasSeen: false } })),
    ...containers
      .filter(({ id }) => isUntouched(id))
      .flatMap((container) => findEndsOf(container, openThen.get(container.id), listing)),
  ]
}

function findEndsOf(
  container: EngineContainer,
  run: OpenRun | undefined,
  { seenUntilMs }: Listing,
): readonly UnseenEnd[] {
  const { startedAtMs, finishedAtMs, exitCode } = container
  if (startedAtMs === undefined) return []
  const isListedRun = run !== undefined && isSameStart(run, startedAtMs)
  const isOlder = run !== undefined && !isListedRun && run.startedAtMs < startedAtMs
  const before = isOlder ? [{ run, end: { finishedAtMs: startedAtMs, wasSeen: false } }] : []
  if (finishedAtMs === undefined) return before
  const end = { finishedAtMs, wasSeen: false, ...(exitCode !== undefined && { exitCode }) }
  if (isListedRun) {
    run.wasOomKilled ||= container.wasOomKilled
    return [{ run, end }]
  }
  if (finishedAtMs <= seenUntilMs) return before
  const unseen = openFromList(container, startedAtMs)
  return [...before, { run: unseen, end, listedStartMs: startedAtMs }]
}
