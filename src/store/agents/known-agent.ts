import type { AgentReport } from '../../model/agent-report.ts'

/** Whose agent it is: ours reports of itself, Datadog's is known by what it posts. */
export type AgentKind = 'vigie' | 'datadog'

/** An agent as it outlives a restart of the server. */
export interface AgentRecord {
  readonly kind: AgentKind
  /** Of a Datadog Agent, only its version, its host and the facts of that are known. */
  readonly report: AgentReport
  /** Of the host, where a Datadog Agent tells them. */
  readonly hostTags: readonly string[]
  /** When the newest report came, by our clock, Unix milliseconds. */
  readonly receivedAtMs: number
}

/** An agent, what it said last, and how it stands with us. */
export interface KnownAgent extends AgentRecord {
  /** How late the newest report came. */
  readonly lagMs: number
  /** Silent for longer than between two reports. */
  readonly isAway: boolean
  /** One sentence when another machine goes by the same name; else empty. */
  readonly conflict: string
}

/** What becomes of a report. */
export interface ReportOutcome {
  /** False when there is no room for another agent. */
  readonly isTaken: boolean
  /** What the agent is to call its host from now on, because another machine has the name that it uses. */
  readonly newName?: string
}
