import type { KeptState } from '../delivery.ts'
import { writeOwnFields } from './own-fields.ts'

/** One entry of the pointer file. */
export interface RegistryEntry {
  /** `undefined` for what others wrote and we cannot use: it is kept as it is. */
  readonly state: KeptState | undefined
  /** Unix milliseconds. */
  readonly updatedMs: number
  /** As it stands in the file. */
  readonly text: string
}

/** The entry for what is known of an origin at `updatedMs`. */
export function makeEntry(state: KeptState, updatedMs: number): RegistryEntry {
  const fields = {
    LastUpdated: new Date(updatedMs).toISOString(),
    Offset: 'since' in state.at ? state.at.since : String(state.at.offset),
    TailingMode: '',
    IngestionTimestamp: updatedMs * 1e6,
    Fingerprint: { Value: 0, Config: null },
    Vigie: writeOwnFields(state),
  }
  return { state, updatedMs, text: JSON.stringify(fields) }
}
