import type { LiveContainer } from '../../store/live-container.ts'
import type { LiveChanges } from '../../store/live-table.ts'
import type { AgentAnswer } from '../agents.ts'

/** Which moment is asked for, and how much of what came after it. */
export interface PastRequest {
  /** Unix seconds. */
  readonly atS: number
  /** How far to go on after it; 0 for the moment alone. */
  readonly seconds: number
  /** Between two ticks; a finer one than what is kept becomes that. */
  readonly stepS: number
  /** The second it is now, Unix time. */
  readonly nowS: number
  /** The agents that are known now: who they are was so then too, how they did was not. */
  readonly agents: readonly AgentAnswer[]
}

/** What was new at a moment. */
export interface PastMoment {
  /** Unix milliseconds. */
  readonly timeMs: number
  readonly changes: LiveChanges
  readonly agents: readonly AgentAnswer[]
}

/** The live table as it was at a second, and moment by moment what changed in it. */
export interface PastResult {
  /** Unix seconds: the moment of `containers` and `agents`, and that of the last of `moments`. */
  readonly fromS: number
  readonly toS: number
  readonly stepS: number
  /** How fine figures of that time are kept, in seconds. */
  readonly resolutionS: number
  /** Unix seconds; earlier ones cannot be asked for. */
  readonly keptFromS: number
  readonly containers: readonly LiveContainer[]
  readonly agents: readonly AgentAnswer[]
  readonly moments: readonly PastMoment[]
}
