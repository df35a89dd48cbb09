import { createOpenFileCounter } from '../../cgroup/count-open-files.ts'
import { createDeviceNames } from '../../cgroup/device-names.ts'
import type { ContainerReading } from '../../component/container-readings.ts'
import type { EngineContainer } from '../../docker/parse-inspect.ts'
import type { Container } from '../../model/container.ts'
import type { Point } from '../../model/series.ts'
import type { ContainerTags } from './identity/container-tags.ts'
import type { Counted } from './counts/count-containers.ts'
import { toContainerReading, type NewestReadings } from './figures/container-reading.ts'
import { Figures, type FigureOptions } from './figures/figures.ts'
import type { FollowedContainer } from './figures/followed-container.ts'
import { findNetworkNames, NetworkNames, type Networked } from './figures/network-names.ts'
import { isBorrowed, openFollowed, type ContainerFiles } from './figures/open-followed.ts'
import { OomKills } from './figures/oom-kills.ts'
import type { Reading } from './figures/reading.ts'
import { hasProcess } from './has-process.ts'

/** Where the table reads from and how its series are called. */
export interface TableOptions extends Omit<ContainerFiles, 'countOpenFiles'> {
  readonly host: string
  readonly hostCpuCount: number
  readonly intervalS: number
  /** Time between two points of what seldom changes and of `container.*`. */
  readonly slowIntervalMs: number
  /** Seconds between two readings of a container whose figures the engine gives. */
  readonly engineIntervalS: number
  readonly cappedMetrics: Readonly<Record<string, number>>
  /** `false` for an engine on another machine: its processes and cgroups are not here. */
  readonly isEngineLocal: boolean
  /** Since when containers are watched, Unix milliseconds: of those that started later nothing has been missed. */
  readonly watchedFromMs: number
  readonly makeTags: (container: EngineContainer) => ContainerTags
  /** `false` for one that is left out: it is counted, and nothing else is told of it. */
  readonly isWatched: (container: EngineContainer) => boolean
}

/** A cgroup that was not found is looked for again after one second, then two, four, … up to this long. */
const longestLookMs = 30_000
/** After so many looks in vain the engine is asked for the figures. */
const looksBeforeEngine = 2

interface Entry {
  readonly container: EngineContainer
  readonly tags: ContainerTags
  readonly isWatched: boolean
  followed: FollowedContainer | undefined
  /** Where the engine gives its figures. */
  engineFigures: Figures | undefined
  /** What the engine gave since the last pass. */
  given: Reading | undefined
  lastReading: Reading | undefined
  readonly oomKills: OomKills
  /** How often its cgroup was looked for in vain, and when that is due again (monotonic milliseconds). */
  misses: number
  nextLookAtMs: number
}

/** All containers of the engine; the running ones with their open files. */
export class ContainerTable {
  readonly #options: TableOptions
  readonly #files: ContainerFiles
  readonly #entries = new Map<string, Entry>()
  readonly #deviceName: (device: string) => string | undefined
  #changed = new Set<string>()
  #removed = new Set<string>()

  constructor(options: TableOptions) {
    this.#options = options
    this.#files = { ...options, countOpenFiles: createOpenFileCounter(options.procRoot) }
    this.#deviceName = createDeviceNames(options.procRoot)
  }

  /** Takes the whole list: what is neither in it nor in `otherIds` is gone. */
  replaceAll(containers: readonly EngineContainer[], otherIds: readonly string[] = []): void {
    const listed = new Set([...containers.map(({ id }) => id), ...otherIds])
    for (const id of this.#entries.keys()) if (!listed.has(id)) this.remove(id)
    for (const container of containers) this.put(container)
  }

  /** Takes what the engine now says of one container; a running one is read at once, so that rates have a start. */
  put(container: EngineContainer): void {
    const { id } = container
    const known = this.#entries.get(id)
    const entry: Entry = {
      followed: undefined,
      engineFigures: undefined,
      given: undefined,
      lastReading: undefined,
      oomKills: new OomKills(this.#options.watchedFromMs),
      ...known,
      container,
      tags: this.#options.makeTags(container),
      isWatched: this.#options.isWatched(container),
      misses: 0,
      nextLookAtMs: 0,
    }
    this.#entries.set(id, entry)
    this.#tell(entry, known)
    if (!hasProcess(container) || !isSameSeries(entry, known)) closeEntry(entry)
    entry.followed?.forgetLimits()
    this.#forgetNetworks(id)
    this.#follow(entry)
  }

  remove(id: string): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) return
    closeEntry(entry)
    this.#entries.delete(id)
    this.#changed.delete(id)
    if (entry.isWatched) this.#removed.add(id)
  }

  /** The points of all running containers at this moment. */
  sample(timeMs: number): Point[] {
    const points: Point[] = []
    for (const entry of this.#entries.values()) {
      this.#follow(entry)
      const { followed, given, engineFigures } = entry
      if (followed !== undefined) {
        const reading = followed.sample(timeMs, points)
        if (reading === undefined) closeEntry(entry)
        else entry.lastReading = reading
      } else if (given !== undefined && engineFigures !== undefined) {
        engineFigures.next(given, timeMs, points)
      }
      entry.given = undefined
    }
    return points
  }

  /** The running containers whose figures only the engine can give: no cgroup of theirs can be read here. */
  needsEngineFigures(): readonly EngineContainer[] {
    return [...this.#entries.values()]
      .filter(({ container, isWatched, followed, misses }) => {
        const isUnreadable = !this.#options.isEngineLocal || misses >= looksBeforeEngine
        return isWatched && hasProcess(container) && followed === undefined && isUnreadable
      })
      .map(({ container }) => container)
  }

  /** Takes what the engine gave for one of those; its points join the next `sample()`. */
  takeReading(id: string, reading: Reading): void {
    const entry = this.#entries.get(id)
    if (entry === undefined || entry.followed !== undefined || !entry.isWatched) return
    if (!hasProcess(entry.container)) return
    if (entry.engineFigures === undefined) {
      entry.engineFigures = this.#openEngineFigures(entry)
      this.#changed.add(id)
    }
    entry.given = reading
    entry.lastReading = reading
  }

  /** The newest reading of a container, kept until it is removed. */
  lastReading(id: string): Reading | undefined {
    return this.#entries.get(id)?.lastReading
  }

  /** What the kernel has counted for a container that runs, for those who ask seldom. */
  kernelReading(id: string): ContainerReading | undefined {
    const entry = this.#entries.get(id)
    const newest = entry?.followed?.newest() ?? newestOfEngine(entry)
    return newest && toContainerReading(newest, this.#deviceName)
  }

  /** Containers in which the kernel killed processes for want of memory since the last call. */
  takeOomKills(): readonly { readonly id: string; readonly count: number }[] {
    const kills: { readonly id: string; readonly count: number }[] = []
    for (const [id, entry] of this.#entries) {
      const count = entry.oomKills.take()
      if (count > 0) kills.push({ id, count })
    }
    return kills
  }

  /**
   * Names of the running containers that have no figures, because their cgroup cannot be found or read. One miss does not
   * count: a container that has just ended has no cgroup before the engine says so.
   */
  unreadable(): readonly string[] {
    return [...this.#entries.values()]
      .filter(({ container, isWatched, followed, engineFigures, misses }) => {
        const hasFigures = followed !== undefined || engineFigures !== undefined
        return isWatched && hasProcess(container) && !hasFigures && misses > 1
      })
      .map(({ container }) => container.name)
  }

  /** All containers, those that are not watched too. */
  counted(): readonly Counted[] {
    return [...this.#entries.values()].map(({ container, tags, isWatched }) => ({
      tags,
      isWatched,
      state: container.state,
    }))
  }

  tagsOf(id: string): readonly string[] {
    return this.#entries.get(id)?.tags.high ?? []
  }

  isWatched(id: string): boolean {
    return this.#entries.get(id)?.isWatched === true
  }

  /** All containers as the engine has described them. */
  described(): readonly EngineContainer[] {
    return [...this.#entries.values()].map(({ container }) => container)
  }

  /** The watched containers that run, with where their figures come from. */
  running(): readonly Pick<Container, 'name' | 'figuresFrom'>[] {
    return [...this.#entries.values()]
      .filter(({ container, isWatched }) => isWatched && hasProcess(container))
      .map(({ container: { name }, followed, engineFigures }) => ({
        name,
        ...figuresFrom(followed, engineFigures),
      }))
  }

  /** All watched containers. */
  all(): readonly Container[] {
    return [...this.#entries.values()].filter(({ isWatched }) => isWatched).map(toContainer)
  }

  /** What changed since the last call. */
  takeChanges(): {
    readonly containers: readonly Container[]
    readonly removedIds: readonly string[]
  } {
    const containers = [...this.#changed].flatMap((id) => {
      const entry = this.#entries.get(id)
      return entry?.isWatched === true ? [toContainer(entry)] : []
    })
    const removedIds = [...this.#removed]
    this.#changed = new Set()
    this.#removed = new Set()
    return { containers, removedIds }
  }

  /** Gives every open file back. */
  close(): void {
    for (const entry of this.#entries.values()) closeEntry(entry)
  }

  /** One that is watched no more, by its new name for instance, is gone for whoever is told. */
  #tell({ container: { id }, isWatched }: Entry, known: Entry | undefined): void {
    if (isWatched) {
      this.#removed.delete(id)
      this.#changed.add(id)
    } else if (known?.isWatched === true) {
      this.#removed.add(id)
      this.#changed.delete(id)
    }
  }

  /** Of a container, and of those that borrow its network. */
  #forgetNetworks(id: string): void {
    for (const entry of this.#entries.values()) {
      if (entry.container.id !== id && entry.container.networkMode !== `container:${id}`) continue
      entry.followed?.figures.forgetNetworks()
      entry.engineFigures?.forgetNetworks()
    }
  }

  /** Opens a running container's files; without a cgroup it stays unfollowed and is looked for again later. */
  #follow(entry: Entry): void {
    const { container } = entry
    if (entry.followed !== undefined || !entry.isWatched || !hasProcess(container)) return
    if (!this.#options.isEngineLocal || performance.now() < entry.nextLookAtMs) return
    entry.oomKills.follow(container.startedAtMs)
    const { intervalS } = this.#options
    const options = this.#figureOptions(entry, { intervalS, pid: container.pid })
    entry.followed = openFollowed(container, this.#files, options)
    if (entry.followed === undefined) {
      entry.nextLookAtMs = performance.now() + Math.min(longestLookMs, 1000 * 2 ** entry.misses)
      entry.misses += 1
      return
    }
    // Where nothing was told of it since, `figuresFrom` is what has changed.
    if (entry.misses > 0 || entry.engineFigures !== undefined) this.#changed.add(container.id)
    entry.engineFigures = undefined
  }

  /** The process numbers of a container without a cgroup here may belong to anybody. */
  #openEngineFigures(entry: Entry): Figures {
    const { engineIntervalS, isEngineLocal, hostCpuCount } = this.#options
    return new Figures({
      ...this.#figureOptions(entry, { intervalS: engineIntervalS, pid: 0 }),
      // What another machine has is in the engine's answer.
      hostCpuCount: isEngineLocal ? hostCpuCount : Number.POSITIVE_INFINITY,
      hasOwnNetwork: !isBorrowed(entry.container.networkMode),
    })
  }

  #figureOptions(
    { container, tags, oomKills }: Entry,
    { intervalS, pid }: { readonly intervalS: number; readonly pid: number },
  ): Omit<FigureOptions, 'hasOwnNetwork'> {
    const { host, procRoot, slowIntervalMs, hostCpuCount, cappedMetrics } = this.#options
    const { id, startedAtMs } = container
    const find = (): ReadonlyMap<string, string> =>
      findNetworkNames({ ...this.#networkedAs(id), pid }, procRoot)
    return {
      id,
      startedAtMs,
      host,
      tags: tags.high,
      intervalS,
      slowIntervalMs,
      hostCpuCount,
      cappedMetrics,
      deviceName: this.#deviceName,
      networkNames: new NetworkNames(find),
      oomKills,
    }
  }

  /** A container that is in the network of another is in the networks of that one. */
  #networkedAs(id: string): Pick<Networked, 'networks' | 'networkMode'> {
    const container = this.#entries.get(id)?.container
    const ownerId = /^container:(.+)$/.exec(container?.networkMode ?? '')?.[1]
    const owner = ownerId === undefined ? undefined : this.#entries.get(ownerId)?.container
    return owner ?? container ?? { networks: [], networkMode: '' }
  }
}

function closeEntry(entry: Entry): void {
  entry.followed?.close()
  entry.followed = undefined
  entry.engineFigures = undefined
  entry.given = undefined
}

/** The engine does not tell the cgroup: it is called as the driver cgroupfs would call it. */
function newestOfEngine(entry: Entry | undefined): NewestReadings | undefined {
  const { container, engineFigures, lastReading } = entry ?? {}
  if (container === undefined || engineFigures === undefined || lastReading === undefined)
    return undefined
  return {
    last: lastReading,
    full: lastReading,
    cgroupPath: `docker/${container.id}`,
    hasOwnNetwork: engineFigures.hasOwnNetwork,
  }
}

/** Whether it is the same run, and is called the same. */
function isSameSeries({ container, tags, isWatched }: Entry, known: Entry | undefined): boolean {
  return (
    known !== undefined &&
    isWatched &&
    known.container.pid === container.pid &&
    known.container.startedAtMs === container.startedAtMs &&
    known.container.networkMode === container.networkMode &&
    known.tags.high.length === tags.high.length &&
    known.tags.high.every((tag, at) => tag === tags.high[at])
  )
}

function toContainer({ container, tags, followed, engineFigures }: Entry): Container {
  const { pid: _pid, cgroupParent: _parent, healthOutput: _output, log: _log, ...rest } = container
  return { ...rest, ...figuresFrom(followed, engineFigures), tags: tags.high }
}

function figuresFrom(
  followed: FollowedContainer | undefined,
  engineFigures: Figures | undefined,
): Pick<Container, 'figuresFrom'> {
  if (followed !== undefined) return { figuresFrom: 'cgroup' }
  return engineFigures === undefined ? {} : { figuresFrom: 'engine' }
}
