import type { Fault } from './fault.ts'

/** What reading the configuration brings to light on the way; each step adds to it. */
export interface Findings {
  /** Stop the start. */
  readonly faults: Fault[]
  /** Probably not what was meant. */
  readonly warnings: string[]
  /** Good to know. */
  readonly infos: string[]
  /** Datadog's options that were set and have no effect here, as they were written. */
  readonly withoutEffect: string[]
}
