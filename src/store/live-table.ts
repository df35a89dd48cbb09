import type { AgentReport } from '../model/agent-report.ts'
import type { Container, Inventory } from '../model/container.ts'
import { LiveEntry, type LiveContainer } from './live-container.ts'
import { LiveFigureSet, type LiveSlot } from './live-figure-set.ts'
import {
  containerFigureOf,
  hostFigureCount,
  hostFigureOf,
  readHostFigures,
} from './live-figures.ts'
import type { ContainerRecord, PointColumns, StoredSeries } from './store.ts'

/** An agent, what it said last, and the figures of its host. */
export interface LiveAgent {
  readonly report: AgentReport
  /** When the report came, by our own clock, Unix milliseconds. */
  readonly receivedAtMs: number
  /** No report for more than 5 s. */
  readonly isAway: boolean
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
  report: AgentReport | undefined
  receivedAtMs: number
  inventoryAtMs: number
}

const awayMs = 5_000
/** A removed container stays visible for this long. */
const removedKeptMs = 600_000
/** Figures whose container no inventory names. */
const orphanKeptMs = 60_000
const silentHostKeptMs = 24 * 3_600_000
const clockAheadMs = 5_000
const sweepMs = 10_000

/** The newest second of all containers and hosts, and what the agents say of themselves. In memory only. */
export class LiveTable {
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
    const id = containerIdOf(series.tags)
    if (id !== undefined) {
      const figure = containerFigureOf(series.metric)
      const entry = figure === undefined ? undefined : this.#entryOf(id, series.host)
      const slot = figure && entry?.figures.slotOf(series.id, figure, series.intervalS)
      return { series, entry, slot }
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
      if (target?.slot === undefined) continue
      if (target.entry?.isDropped === true) Object.assign(target, this.follow(target.series))
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
   * Takes in what an agent says of its containers; one older than the last of that host counts for nothing.
   * False when there is no room for another host.
   */
  applyInventory(inventory: Inventory): boolean {
    const host = this.#hostOf(inventory.host)
    if (host === undefined) return false
    const isOlder = inventory.timeMs < host.inventoryAtMs
    if (isOlder && host.inventoryAtMs <= this.#clock() + clockAheadMs) return true
    host.inventoryAtMs = inventory.timeMs
    host.receivedAtMs = this.#clock()
    for (const container of inventory.containers) this.#put(inventory, container)
    const gone = inventory.isFull ? missingFrom(inventory, host) : inventory.removedIds
    for (const id of gone) this.#remove(host.entries.get(id), inventory.timeMs)
    this.#tell()
    return true
  }

  /** Takes in what an agent says of itself; false when there is no room for another host. */
  applyAgentReport(report: AgentReport): boolean {
    const host = this.#hostOf(report.host)
    if (host === undefined) return false
    host.report = report
    host.receivedAtMs = this.#clock()
    this.#tell()
    return true
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

  /** All agents that have reported, by host. */
  agents(): LiveAgent[] {
    const nowMs = this.#clock()
    const agents: LiveAgent[] = []
    for (const { report, receivedAtMs, figures } of this.#hosts.values()) {
      if (report === undefined) continue
      agents.push({
        report,
        receivedAtMs,
        isAway: nowMs - receivedAtMs > awayMs,
        figures: readHostFigures((index) => figures.figure(index)),
      })
    }
    return agents.toSorted((a, b) => (a.report.host < b.report.host ? -1 : 1))
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

  #put(inventory: Inventory, container: Container): void {
    const entry = this.#entryOf(container.id, inventory.host)
    if (entry === undefined) return
    if (container.state === 'removed') {
      this.#remove(entry, inventory.timeMs)
      return
    }
    this.#place(entry, inventory.host)
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
      report: undefined,
      receivedAtMs: this.#clock(),
      inventoryAtMs: 0,
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
    }
    for (const [name, host] of this.#hosts) {
      if (nowMs - host.receivedAtMs <= silentHostKeptMs) continue
      for (const entry of host.entries.values()) this.#drop(entry)
      this.#hosts.delete(name)
    }
  }

  #drop(entry: LiveEntry): void {
    entry.isDropped = true
    this.#entries.delete(entry.id)
    this.#hosts.get(entry.host)?.entries.delete(entry.id)
  }
}

function containerIdOf(tags: readonly string[]): string | undefined {
  const prefix = 'container_id:'
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
