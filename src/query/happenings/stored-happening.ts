import type { HappeningKey } from './happening-cursor.ts'

/** What kind of thing happened; the contract of `/api/happenings` tells of each. */
export type StoredHappeningKind = 'engine' | 'exit' | 'oom' | 'health' | 'check' | 'event'

/** What happened, whichever table tells it. Its key tells it from all others. */
export interface StoredHappening {
  readonly key: HappeningKey
  readonly kind: StoredHappeningKind
  readonly action: string
  readonly tone: 'none' | 'ok' | 'warning' | 'critical'
  readonly title: string
  readonly text: string
  readonly host: string
  readonly actor: string
  /** Empty where it is of no container, or only its name is known. */
  readonly containerId: string
  readonly containerName: string
  readonly image: string
  readonly exitCode: number | null
  /** Milliseconds that a run lasted that ended. */
  readonly ranMs: number | null
  readonly tags: readonly string[]
}

/** All kinds, in the order in which bars lie above one another. */
export const happeningKinds = [
  'engine',
  'event',
  'check',
  'health',
  'exit',
  'oom',
] as const satisfies readonly StoredHappeningKind[]
