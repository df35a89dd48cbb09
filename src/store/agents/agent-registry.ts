import type { AgentReport } from '../../model/agent-report.ts'
import { datadogReport, unknownHost, type DatadogHost } from './datadog-host.ts'
import { HostNames } from './host-names.ts'
import type { AgentKind, AgentRecord, KnownAgent, ReportOutcome } from './known-agent.ts'
import { distinctName, tellConflict } from './tell-conflict.ts'

/** Bounds of the registry. */
export interface AgentRegistryOptions {
  /** Unix milliseconds. */
  readonly clock: () => number
  readonly maxAgents?: number
}

type Row = { -readonly [Name in keyof AgentRecord]: AgentRecord[Name] }

/** An agent that was silent for longer is away: ours report each second, Datadog's every 15 s. */
export const awayAfterMs = { vigie: 5_000, datadog: 60_000 } as const
/** An agent that was silent for this long goes by its name no more. */
const nameKeptMs = 60_000
/** One that is away stays listed, less long where another has taken its place. */
const awayKeptMs = 24 * 3_600_000
const replacedKeptMs = 600_000
const clockAheadMs = 5_000
const sweepMs = 10_000

/** All agents that report, each known by its own id, so that two machines with one name are two agents. */
export class AgentRegistry {
  readonly #clock: () => number
  readonly #maxAgents: number
  readonly #rows = new Map<string, Row>()
  readonly #names = new HostNames(nameKeptMs)
  #sweptAtMs = 0

  constructor({ clock, maxAgents = 2_000 }: AgentRegistryOptions) {
    this.#clock = clock
    this.#maxAgents = maxAgents
  }

  /** Fills an empty registry with what was known before the server started. */
  prime(records: readonly AgentRecord[]): void {
    for (const record of records.slice(0, this.#maxAgents)) {
      this.#rows.set(keyOf(record.kind, record.report), { ...record })
    }
    this.sweep()
  }

  /** What is worth keeping over a restart of the server: who they are, not how they did. */
  records(): AgentRecord[] {
    return Array.from(this.#rows.values(), ({ report, ...row }) => {
      const { endpoints: _endpoints, engine: _engine, ...who } = report
      return { ...row, report: { ...who, sources: [], dropped: {}, bufferedBytes: 0 } }
    })
  }

  /** Takes in what one of our agents says of itself; one from before its newest counts for nothing. */
  takeReport(report: AgentReport): ReportOutcome {
    const nowMs = this.#clock()
    const known = this.#rows.get(keyOf('vigie', report))
    if (known === undefined && !this.#hasRoom()) return { isTaken: false }
    const isOlder = known !== undefined && report.timeMs < known.report.timeMs
    if (isOlder && known.report.timeMs <= nowMs + clockAheadMs) return { isTaken: true }
    this.#put({ kind: 'vigie', report, hostTags: [], receivedAtMs: nowMs })
    return this.#checkName(report, nowMs)
  }

  /** Takes in what a Datadog Agent says of its host; false when there is no room for another agent. */
  takeDatadogHost(told: DatadogHost): boolean {
    const nowMs = this.#clock()
    const report = datadogReport(told, nowMs)
    const isKnown = this.#rows.has(keyOf('datadog', report))
    // Its series were heard before it told which machine it is on.
    const wasNameless = this.#rows.has(keyOf('datadog', { host: told.host }))
    if (!isKnown && !wasNameless && !this.#hasRoom()) return false
    this.#put({ kind: 'datadog', report, hostTags: told.tags, receivedAtMs: nowMs })
    if (told.uuid !== '') {
      this.#names.claim(nameKey('datadog', told.host), told.uuid, { timeMs: nowMs, nowMs })
    }
    return true
  }

  /** Takes note that the Datadog Agent of a host is running; false when there is no room for another agent. */
  hearDatadog(host: string, agentVersion: string): boolean {
    const nowMs = this.#clock()
    let isKnown = false
    for (const row of this.#rows.values()) {
      if (row.kind !== 'datadog' || row.report.host !== host) continue
      isKnown = true
      const version = agentVersion || row.report.version
      row.receivedAtMs = nowMs
      row.report = { ...row.report, timeMs: nowMs, version }
    }
    return isKnown || this.takeDatadogHost(unknownHost(host, agentVersion))
  }

  /** Whether an agent of ours reports for this host. */
  isWatchedByOurs(host: string): boolean {
    const sinceMs = this.#clock() - nameKeptMs
    return this.#rows
      .values()
      .some(
        (row) => row.kind === 'vigie' && row.report.host === host && row.receivedAtMs >= sinceMs,
      )
  }

  /** All of them, by host, Datadog's first. */
  list(): KnownAgent[] {
    const nowMs = this.#clock()
    const places = Array.from(this.#rows.values(), (row) => ({ row, place: placeOf(row) }))
    return places
      .toSorted((a, b) => (a.place < b.place ? -1 : 1))
      .map(({ row }) => this.#describe(row, nowMs))
  }

  /** Forgets agents that have been away for a day, and those in whose place another came. */
  sweep(): void {
    const nowMs = this.#clock()
    this.#sweptAtMs = nowMs
    this.#names.sweep(nowMs)
    const taken = new Set<string>()
    for (const { kind, report, receivedAtMs } of this.#rows.values()) {
      if (nowMs - receivedAtMs <= nameKeptMs) taken.add(nameKey(kind, report.host))
    }
    for (const [key, { kind, report, receivedAtMs }] of this.#rows) {
      const keptMs = taken.has(nameKey(kind, report.host)) ? replacedKeptMs : awayKeptMs
      if (nowMs - receivedAtMs > keptMs) this.#rows.delete(key)
    }
  }

  #hasRoom(): boolean {
    const isFull = this.#rows.size >= this.#maxAgents
    if (isFull && this.#clock() - this.#sweptAtMs >= sweepMs) this.sweep()
    return this.#rows.size < this.#maxAgents
  }

  /** An agent that tells its id only now was known by its host until then. */
  #put(row: Row): void {
    if (row.report.agentId !== undefined)
      this.#rows.delete(keyOf(row.kind, { host: row.report.host }))
    this.#rows.set(keyOf(row.kind, row.report), row)
  }

  #checkName({ agentId, host, timeMs }: AgentReport, nowMs: number): ReportOutcome {
    if (agentId === undefined) return { isTaken: true }
    const key = nameKey('vigie', host)
    this.#names.claim(key, agentId, { timeMs, nowMs })
    const isLate = this.#names.holdersOf(key, nowMs).lateComers.includes(agentId)
    return { isTaken: true, ...(isLate && { newName: distinctName(host, agentId) }) }
  }

  #describe(row: Row, nowMs: number): KnownAgent {
    const { kind, report, receivedAtMs } = row
    const { host, agentId = '' } = report
    const holders = this.#names.holdersOf(nameKey(kind, host), nowMs)
    return {
      ...row,
      lagMs: Math.max(0, receivedAtMs - report.timeMs),
      isAway: nowMs - receivedAtMs > awayAfterMs[kind],
      conflict: tellConflict({ kind, host, agentId }, holders),
    }
  }
}

function placeOf({ kind, report }: AgentRecord): string {
  return `${report.host}\n${keyOf(kind, report)}`
}

/** The names of our agents and of Datadog's do not clash: both may well watch one machine. */
function nameKey(kind: AgentKind, host: string): string {
  return `${kind} ${host}`
}

function keyOf(kind: AgentKind, { agentId, host }: Pick<AgentReport, 'agentId' | 'host'>): string {
  return agentId === undefined ? `${kind} of ${host}` : `${kind} ${agentId}`
}
