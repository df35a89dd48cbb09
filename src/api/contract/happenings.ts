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
