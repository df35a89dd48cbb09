import type { Container, Inventory } from '../model/container.ts'
import type { AgentReport } from '../model/agent-report.ts'
import { AgentRegistry } from './agents/agent-registry.ts'
import type { AgentKind, KnownAgent, ReportOutcome } from './agents/known-agent.ts'
import { LiveEntry, type LiveContainer } from './live-container.ts'
import { LiveFigureSet, type LiveSlot } from './live-figure-set.ts'
import { LiveProcesses } from './live-processes.ts'
import {
  containerFigureOf,
  hostFigureCount,
  hostFigureOf,
  readHostFigures,
} from './live-figures.ts'
import type { ContainerRecord, PointColumns, StoredSeries } from './store.ts'

/** An agent, what it said last, and the figures of its host. */
export interface LiveAgent extends KnownAgent {
  /** In the order of `hostFigureNames`; undefined where unread. */
  readonly figures: readonly (number | undefined)[]
}

/** The figures of one second. */
export interface LiveRows {
  readonly timeMs: number
  /** `[key, …figures]`, or `[key]` when they are as they were. */
  readonly rows: readonly (readonly (number | null)[])[]
}

/** What is new since the last time it was asked for. */
export interface LiveChanges {
  /** One for each second that has new figures, oldest first. */
  readonly ticks: readonly LiveRows[]
  readonly changed: readonly LiveContainer[]
  readonly removedKeys: readonly number[]
}

/** Containers that the store does not hold as they are now. */
export interface UnstoredContainers {
  readonly records: readonly ContainerRecord[]
  /** To be called once the store holds them. */
  readonly confirm: () => void
}

/** A series and where its points go. */
export interface LiveTarget {
  readonly series: StoredSeries
  /** The container, for the series of one. */
  entry: LiveEntry | undefined
  /** Absent when nothing live is made of the series. */
  slot: LiveSlot | undefined
  /** The version of the Datadog Agent that tells by this series that it runs; absent for any other series. */
  readonly runningVersion?: string
}

/** Bounds of the table. */
export interface LiveTableOptions {
  readonly clock: () => number
  readonly maxContainers?: number
  readonly maxHosts?: number
}

interface LiveHost {
  readonly figures: LiveFigureSet
  readonly entries: Map<string, LiveEntry>
  /** When anything was said of it, by our own clock. */
  receivedAtMs: number
  /** The time of the newest inventory, by who told it. */
  readonly inventoryAtMs: Record<AgentKind, number>
}

/** A removed container stays visible for this long. */
const removedKeptMs = 600_000
/** Figures whose container no inventory names. */
const orphanKeptMs = 60_000
/** A Datadog Agent lists running containers alone, and sends nothing once there are none. */
const datadogSilentMs = 300_000
const silentHostKeptMs = 24 * 3_600_000
const clockAheadMs = 5_000
const sweepMs = 10_000

/** By this the Datadog Agent tells every 15 s that it runs. */
const heartbeatMetric = 'datadog.agent.running'

/** The newest second of all containers and hosts, and what the agents say of themselves. In memory only. */
export class LiveTable {
  /** The agents that report. */
  readonly agents: AgentRegistry
  /** What runs in the containers that somebody looks at. */
  readonly processes: LiveProcesses
  readonly #clock: () => number
  readonly #maxContainers: number
  readonly #maxHosts: number
  readonly #entries = new Map<string, LiveEntry>()
  readonly #hosts = new Map<string, LiveHost>()
  readonly #listeners = new Set<() => void>()
  #dirty: LiveEntry[] = []
  #changed = new Set<LiveEntry>()
  #removed = new Set<LiveEntry>()
  #nextKey = 1
  #sweptAtMs = 0

  constructor(options: LiveTableOptions) {
    this.#clock = options.clock
    this.#maxContainers = options.maxContainers ?? 20_000
    this.#maxHosts = options.maxHosts ?? 2_000
    this.processes = new LiveProcesses(options.clock)
    this.agents = new AgentRegistry({ clock: options.clock, maxAgents: this.#maxHosts })
  }

  /** Fills an empty table with the newest records of the store, after a start. */
  prime(records: readonly ContainerRecord[]): void {
    for (const { host, timeMs, container } of records.toSorted((a, b) => a.timeMs - b.timeMs)) {
      const isLongGone = container.state === 'removed' && timeMs < this.#clock() - removedKeptMs
      const entry = isLongGone ? undefined : this.#entryOf(container.id, host)
      if (entry === undefined) continue
      this.#place(entry, host)
      entry.update(container, timeMs)
      entry.unstored()?.confirm()
      entry.removedAtMs = container.state === 'removed' ? timeMs : undefined
    }
  }

  /** Calls the listener whenever something was taken in; gives the way to stop that. */
  onRecorded(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Finds where the points of a series go, once for all of them. */
  follow(series: StoredSeries): LiveTarget {
    const id = tagValue(series.tags, 'container_id')
    if (id !== undefined) {
      const figure = containerFigureOf(series.metric)
      const entry = figure === undefined ? undefined : this.#entryOf(id, series.host)
      const slot = figure && entry?.figures.slotOf(series.id, figure, series.intervalS)
      return { series, entry, slot }
    }
    if (series.metric === heartbeatMetric) {
      const runningVersion = tagValue(series.tags, 'version') ?? ''
      return { series, entry: undefined, slot: undefined, runningVersion }
    }
    const figure = isVirtualDevice(series.tags) ? undefined : hostFigureOf(series.metric)
    const host = figure === undefined ? undefined : this.#hostOf(series.host)
    const slot = figure && host?.figures.slotOf(series.id, figure, series.intervalS)
    return { series, entry: undefined, slot }
  }

  /** Takes points in, each with where it goes: older ones and ones that came before count for nothing. */
  record(targets: readonly LiveTarget[], columns: Pick<PointColumns, 'timesMs' | 'values'>): void {
    const nowMs = this.#clock()
    const moment = { timeS: 0, nowS: Math.floor(nowMs / 1000) }
    for (let n = 0; n < targets.length; n++) {
      const target = targets[n]
      if (target?.slot === undefined) {
        if (target?.runningVersion !== undefined)
          this.agents.hearDatadog(target.series.host, target.runningVersion)
        continue
      }
      if (target.slot.set.isDropped) Object.assign(target, this.follow(target.series))
      moment.timeS = Math.floor((columns.timesMs[n] ?? 0) / 1000)
      const { entry, slot } = target
      const isNews = slot.set.record(slot, moment, columns.values[n] ?? 0)
      if (!isNews || entry === undefined) continue
      entry.touchedAtMs = nowMs
      if (entry.isDirty) continue
      entry.isDirty = true
      this.#dirty.push(entry)
    }
    this.#tell()
  }

  /**
   * Takes in what an agent says of its containers; one older than the last of that host counts for nothing. What ours tell
   * of a container is more than what Datadog's do, and stays for as long as ours report.
   * False when there is no room for another host.
   */
  applyInventory(inventory: Inventory, teller: AgentKind = 'vigie'): boolean {
    const host = this.#hostOf(inventory.host)
    if (host === undefined) return false
    const newestMs = host.inventoryAtMs[teller]
    if (inventory.timeMs < newestMs && newestMs <= this.#clock() + clockAheadMs) return true
    host.inventoryAtMs[teller] = inventory.timeMs
    host.receivedAtMs = this.#clock()
    const isOthers = this.#judgeTeller(teller)
    for (const container of inventory.containers) {
      const known = this.#entries.get(container.id)
      if (teller === 'vigie' || !isOthers(known)) this.#put(inventory, container, teller)
    }
    const gone = inventory.isFull ? missingFrom(inventory, host) : inventory.removedIds
    for (const id of gone) {
      const entry = host.entries.get(id)
      if (!isOthers(entry)) this.#remove(entry, inventory.timeMs)
    }
    this.#tell()
    return true
  }

  /** Takes in what an agent says of itself. */
  applyAgentReport(report: AgentReport): ReportOutcome {
    const host = this.#hosts.get(report.host)
    if (host !== undefined) host.receivedAtMs = this.#clock()
    const outcome = this.agents.takeReport(report)
    this.#tell()
    return outcome
  }

  /** The containers of a host that have changed since the store was told. */
  unstored(hostName: string): UnstoredContainers {
    const entries = [...(this.#hosts.get(hostName)?.entries.values() ?? [])]
    const unstored = entries.flatMap((entry) => entry.unstored() ?? [])
    return {
      records: unstored.map(({ record }) => record),
      confirm: () => {
        for (const { confirm } of unstored) confirm()
      },
    }
  }

  /** All containers that the agents know, and those removed in the last ten minutes. */
  containers(): LiveContainer[] {
    return [...this.#entries.values()].flatMap((entry) => entry.view() ?? [])
  }

  /** The container with this id; undefined when it is unknown. */
  container(id: string): LiveContainer | undefined {
    return this.#entries.get(id)?.view()
  }

  /** Ids of the containers that are known. */
  containerIds(): Iterable<string> {
    return this.#entries.keys()
  }

  /** Ids of the containers of a host that this agent told of, as far as they are not removed. */
  idsOf(hostName: string, teller: AgentKind): string[] {
    const entries = this.#hosts.get(hostName)?.entries.values() ?? []
    return [...entries]
      .filter((entry) => entry.teller === teller && entry.removedAtMs === undefined)
      .map(({ id }) => id)
  }

  /** All agents that report or did so lately, by host. */
  listAgents(): LiveAgent[] {
    return this.agents.list().map((agent) => {
      const figures = this.#hosts.get(agent.report.host)?.figures
      return { ...agent, figures: readHostFigures((index) => figures?.figure(index)) }
    })
  }

  /** What a reader starts from: all containers that the agents know. The next changes then say all of what is newer. */
  snapshot(): LiveContainer[] {
    for (const entry of this.#dirty) entry.forgetTick()
    return this.containers().filter(({ container }) => container.state !== 'removed')
  }

  /** What is new since the last call. Old entries are forgotten on the way. */
  takeChanges(): LiveChanges {
    const nowMs = this.#clock()
    const changes: LiveChanges = {
      ticks: this.#takeTicks(),
      changed: [...this.#changed].flatMap((entry) => entry.view() ?? []),
      removedKeys: [...this.#removed].map(({ key }) => key),
    }
    this.#changed.clear()
    this.#removed.clear()
    if (nowMs - this.#sweptAtMs >= sweepMs) this.#sweep(nowMs)
    return changes
  }

  #takeTicks(): LiveRows[] {
    const bySecond = new Map<number, (readonly (number | null)[])[]>()
    for (const entry of this.#dirty) {
      entry.isDirty = false
      if (entry.container === undefined || entry.removedAtMs !== undefined) continue
      const second = entry.figures.newestS
      const rows = bySecond.get(second)
      if (rows === undefined) bySecond.set(second, [entry.tickRow()])
      else rows.push(entry.tickRow())
    }
    this.#dirty = []
    const seconds = [...bySecond].toSorted(([a], [b]) => a - b)
    return seconds.map(([second, rows]) => ({ timeMs: second * 1000, rows }))
  }

  /** Which containers are known from another agent, one that is there: what ours do not list may run in another engine. */
  #judgeTeller(teller: AgentKind): (entry: LiveEntry | undefined) => boolean {
    if (teller === 'vigie') return (entry) => entry?.teller === 'datadog'
    const watched = new Map<string, boolean>()
    return (entry) => {
      if (entry === undefined || entry.teller === 'datadog') return false
      const isWatched = watched.get(entry.host) ?? this.agents.isWatchedByOurs(entry.host)
      watched.set(entry.host, isWatched)
      return isWatched
    }
  }

  #put(inventory: Inventory, container: Container, teller: AgentKind): void {
    const entry = this.#entryOf(container.id, inventory.host)
    if (entry === undefined) return
    if (container.state === 'removed') {
      this.#remove(entry, inventory.timeMs)
      return
    }
    this.#place(entry, inventory.host)
    entry.teller = teller
    entry.removedAtMs = undefined
    entry.touchedAtMs = this.#clock()
    if (!entry.update(container, inventory.timeMs)) return
    this.#removed.delete(entry)
    this.#changed.add(entry)
  }

  #remove(entry: LiveEntry | undefined, timeMs: number): void {
    if (entry?.container === undefined || entry.removedAtMs !== undefined) return
    entry.update({ ...entry.container, state: 'removed' }, timeMs)
    entry.removedAtMs = this.#clock()
    this.#changed.delete(entry)
    this.#removed.add(entry)
  }

  /** A container keeps its entry when its host gets another name. */
  #place(entry: LiveEntry, hostName: string): void {
    if (entry.host !== hostName) this.#hosts.get(entry.host)?.entries.delete(entry.id)
    entry.host = hostName
    this.#hostOf(hostName)?.entries.set(entry.id, entry)
  }

  #entryOf(id: string, hostName: string): LiveEntry | undefined {
    const known = this.#entries.get(id)
    if (known !== undefined || this.#entries.size >= this.#maxContainers) return known
    const entry = new LiveEntry(this.#nextKey++, id)
    entry.touchedAtMs = this.#clock()
    this.#entries.set(id, entry)
    this.#place(entry, hostName)
    return entry
  }

  #hostOf(name: string): LiveHost | undefined {
    const known = this.#hosts.get(name)
    if (known !== undefined || this.#hosts.size >= this.#maxHosts) return known
    const host: LiveHost = {
      figures: new LiveFigureSet(hostFigureCount, []),
      entries: new Map(),
      receivedAtMs: this.#clock(),
      inventoryAtMs: { vigie: 0, datadog: 0 },
    }
    this.#hosts.set(name, host)
    return host
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #sweep(nowMs: number): void {
    this.#sweptAtMs = nowMs
    for (const entry of this.#entries.values()) {
      const isOrphan = entry.container === undefined && nowMs - entry.touchedAtMs > orphanKeptMs
      const isGone = entry.removedAtMs !== undefined && nowMs - entry.removedAtMs > removedKeptMs
      if (isOrphan || isGone) this.#drop(entry)
      else if (entry.teller === 'datadog' && nowMs - entry.touchedAtMs > datadogSilentMs)
        this.#remove(entry, nowMs)
    }
    for (const [name, host] of this.#hosts) {
      const heardAtMs = Math.max(host.receivedAtMs, host.figures.newestS * 1000)
      if (nowMs - heardAtMs <= silentHostKeptMs) continue
      for (const entry of host.entries.values()) this.#drop(entry)
      host.figures.isDropped = true
      this.#hosts.delete(name)
    }
    this.agents.sweep()
  }

  #drop(entry: LiveEntry): void {
    entry.figures.isDropped = true
    this.#entries.delete(entry.id)
    this.#hosts.get(entry.host)?.entries.delete(entry.id)
  }
}

function tagValue(tags: readonly string[], name: string): string | undefined {
  const prefix = `${name}:`
  return tags.find((tag) => tag.startsWith(prefix))?.slice(prefix.length)
}

/** Interfaces that repeat what a real one carries: loopback, bridges and the ends of containers' own. */
function isVirtualDevice(tags: readonly string[]): boolean {
  return tags.some((tag) =>
    /^device:(lo$|veth|br-|docker|virbr|ifb|dummy|cni|flannel|cali)/.test(tag),
  )
}

function missingFrom(inventory: Inventory, host: LiveHost): string[] {
  const present = new Set(inventory.containers.map(({ id }) => id))
  return [...host.entries.keys()].filter((id) => !present.has(id))
}
