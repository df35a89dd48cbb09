/** `GET /api/events?from=<s>&to=<s>&query=…&limit=…`: newest first. */
export interface EventsAnswer {
  readonly events: readonly EventRow[]
  readonly isCut: boolean
}

export interface EventRow {
  /** Unix milliseconds. */
  readonly timeMs: number
  /** Decimal digits of 64 bits. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly alertType: string
  readonly source: string
  readonly host: string
  readonly tags: readonly string[]
}

/**
 * What kind of thing happened: an action of the container engine, the end of a container's run, a process killed for want
 * of memory, a change of a container's health, a service check that changed its status, or an event that somebody sent.
 */
export const happeningKinds = ['engine', 'exit', 'oom', 'health', 'check', 'event'] as const
export type HappeningKind = (typeof happeningKinds)[number]

/** What happened, however it came in: what a bundle of the engine's events tells is a row for each action. */
export interface HappeningRow {
  /** Told once in an answer; the same when it is asked for again. */
  readonly id: string
  /** Unix milliseconds. */
  readonly timeMs: number
  readonly kind: HappeningKind
  /**
   * Of `engine` the engine's own word (`start`, `die`, `kill`, …; `more`: that many more of an image that it named no container
   * of); of `exit` `exited` or `oom_killed`; of `oom` `oom`; of `health` `healthy` or `unhealthy` (`health_status` where an
   * agent told no more); of `check` `ok`, `warning`, `critical` or `unknown`; of `event` its source.
   */
  readonly action: string
  readonly tone: 'none' | 'ok' | 'warning' | 'critical'
  /** One line. */
  readonly title: string
  /** More to read, else empty. */
  readonly text: string
  readonly host: string
  /** Who told it: `docker`, the name of a service check, the source of an event. */
  readonly actor: string
  /** null: of no container. The id is empty where only the name is known. */
  readonly container: { readonly id: string; readonly name: string; readonly image: string } | null
  /** Of `exit`, where the engine told it. */
  readonly exitCode: number | null
  /** Of `exit`: how many milliseconds the run lasted, where its start is known. */
  readonly ranMs: number | null
  readonly tags: readonly string[]
}

/**
 * `GET /api/happenings?from=<s>&to=<s>&query=…&limit=…&before=<cursor>`: newest first; both ends are included.
 *
 * To follow what happens, ask again every 2 s from a minute ago (whole seconds) until now: some is told late, and what an
 * engine told first (`die`) is told better soon (`exit`), so an answer without `next` replaces all that was shown of its
 * time. Equal questions within a second are put to the store once, however many pages ask. What is told later than that, as
 * by an agent that was cut off, is announced by {@link LiveLate}: ask from then on once more.
 */
export interface HappeningsAnswer {
  readonly happenings: readonly HappeningRow[]
  /** Where the next older ones begin, for `before`; null when these are all. */
  readonly next: string | null
}

/**
 * Something was taken in that happened a minute ago or longer, event `late` of `GET /api/live`, once a second at most. What was
 * announced before a stream begins, or between two of its snapshots, nobody says again.
 */
export interface LiveLate {
  /** The earliest of it, Unix milliseconds. What follows may be another than before, too: a check that is OK again. */
  readonly fromMs: number
}

/** By what happenings can be counted and chosen; each is a key of the search language too: `kind:exit`. */
export const happeningFacets = ['kind', 'action', 'container', 'image', 'host', 'actor'] as const
export type HappeningFacet = (typeof happeningFacets)[number]

/** `GET /api/happenings/counts?from=<s>&to=<s>&query=…&steps=<bars at most, 100>` */
export interface HappeningCounts {
  readonly total: number
  /** Seconds of one bar; the first begins at `fromS`, Unix seconds. */
  readonly stepS: number
  readonly fromS: number
  /** For each kind that was found, a number for each bar. */
  readonly bars: readonly { readonly kind: HappeningKind; readonly counts: readonly number[] }[]
  /** The most frequent values of each, of what the search finds. */
  readonly facets: Readonly<
    Record<HappeningFacet, readonly { readonly value: string; readonly count: number }[]>
  >
}
