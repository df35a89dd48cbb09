/** 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN: Datadog's numbers. */
export type CheckStatus = 0 | 1 | 2 | 3

/** Whether a service answers, as one check saw it at one moment. */
export interface ServiceCheck {
  readonly kind: 'service-check'
  readonly name: string
  readonly status: CheckStatus
  readonly message: string
  /** Unix time, milliseconds. */
  readonly timeMs: number
  readonly host: string
  readonly tags: readonly string[]
}
