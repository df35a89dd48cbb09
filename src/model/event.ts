export type AlertType = 'error' | 'warning' | 'info' | 'success'

/** Something that happened, in the shape of Datadog's events. */
export interface Event {
  readonly kind: 'event'
  readonly title: string
  readonly text: string
  /** Unix time, milliseconds. */
  readonly timeMs: number
  readonly alertType: AlertType
  readonly priority: 'normal' | 'low'
  /** Events with the same key are shown together; empty when there is none. */
  readonly aggregationKey: string
  /** `docker`, `api`, … */
  readonly source: string
  readonly host: string
  readonly tags: readonly string[]
}
