import type { CgroupLimits } from '../../../cgroup/sample.ts'
import type { Point, Series } from '../../../model/series.ts'
import { containerFigures } from './container-figures.ts'
import { movingDockerFigures, seldomDockerFigures } from './docker-figures.ts'
import { IoFigures } from './io-figures.ts'
import { ContainerNetFigures, DockerNetFigures } from './net-figures.ts'
import type { NetworkNames } from './network-names.ts'
import type { OomKills } from './oom-kills.ts'
import { PickedFigures } from './picked-figures.ts'
import type { Reading } from './reading.ts'
import { SlowTurns } from './slow-turns.ts'
import { addPoint, SeriesMaker, type Pass } from './container-series.ts'

/** Whose figures they are, and how they are told. */
export interface FigureOptions {
  readonly id: string
  readonly startedAtMs: number | undefined
  readonly host: string
  readonly tags: readonly string[]
  /** Seconds between two readings. */
  readonly intervalS: number
  /** Time between two points of what seldom changes and of `container.*`. */
  readonly slowIntervalMs: number
  readonly hostCpuCount: number
  readonly cappedMetrics: Readonly<Record<string, number>>
  /** Name of a device by `major:minor`. */
  readonly deviceName: (device: string) => string | undefined
  readonly networkNames: NetworkNames
  /** Whether what its interfaces count is its own: not the host's, nor another container's. */
  readonly hasOwnNetwork: boolean
  readonly oomKills: OomKills
}

/**
 * Turns the readings of one run of a container into points, wherever they were read. A figure that a reading does not have
 * has no point.
 * @see docs/reference/metrics.md for each formula
 */
export class Figures {
  readonly #options: FigureOptions
  readonly #turns: SlowTurns
  readonly #moving: PickedFigures
  readonly #seldom: PickedFigures
  readonly #container: PickedFigures
  readonly #dockerIo: IoFigures
  readonly #containerIo: IoFigures
  readonly #dockerNet: DockerNetFigures
  readonly #containerNet: ContainerNetFigures
  readonly #dockerUptime: Series
  readonly #containerUptime: Series
  #limits: CgroupLimits | undefined

  constructor(options: FigureOptions) {
    const { host, tags, intervalS, slowIntervalMs, cappedMetrics, deviceName } = options
    const slowIntervalS = Math.max(intervalS, Math.round(slowIntervalMs / 1000))
    const often = new SeriesMaker({ host, tags, intervalS, cappedMetrics })
    const seldom = new SeriesMaker({ host, tags, intervalS: slowIntervalS, cappedMetrics })
    this.#options = options
    this.#turns = new SlowTurns(options.id, slowIntervalMs)
    this.#moving = new PickedFigures(movingDockerFigures, often)
    this.#seldom = new PickedFigures(seldomDockerFigures, seldom)
    this.#container = new PickedFigures(containerFigures, seldom)
    this.#dockerIo = new IoFigures(dockerIoNames, often, deviceName)
    this.#containerIo = new IoFigures(containerIoNames, seldom, deviceName)
    this.#dockerNet = new DockerNetFigures(often, (name) => options.networkNames.of(name))
    this.#containerNet = new ContainerNetFigures(seldom)
    this.#dockerUptime = often.make('docker.uptime')
    this.#containerUptime = seldom.make('container.uptime')
  }

  /** Whether what its interfaces count is its own. */
  get hasOwnNetwork(): boolean {
    return this.#options.hasOwnNetwork
  }

  /** Whether the reading of this moment is to have what is told at the slow cadence. */
  isSlowDue(timeMs: number): boolean {
    return this.#turns.isDue(timeMs)
  }

  /** Takes the next reading; the points that follow from it are added to `points`, which comes back. */
  next(reading: Reading, timeMs: number, points: Point[] = []): Point[] {
    const pass = { timeMs, hostCpuCount: this.#options.hostCpuCount, points }
    const { sample, limits, interfaces } = reading
    const { readAtMs, devices, oomKills } = sample
    const isSlow = this.#turns.take(timeMs, readAtMs)
    this.#moving.add(reading, pass)
    if (devices !== undefined) this.#dockerIo.add(devices, readAtMs, pass)
    if (interfaces !== undefined) this.#dockerNet.add(interfaces, readAtMs, pass)
    addPoint(this.#dockerUptime, this.#uptimeS(timeMs), pass)
    if (isSlow || !isSameLimits(limits, this.#limits)) this.#seldom.add(reading, pass)
    if (isSlow) this.#addContainerFigures(reading, pass)
    this.#limits = limits
    this.#options.oomKills.count(oomKills)
    return points
  }

  /** Asks for the names of networks anew. */
  forgetNetworks(): void {
    this.#options.networkNames.forget()
    this.#dockerNet.forgetNames()
  }

  #addContainerFigures(reading: Reading, pass: Pass): void {
    const { sample, interfaces } = reading
    this.#container.add(reading, pass)
    if (sample.devices !== undefined) this.#containerIo.add(sample.devices, sample.readAtMs, pass)
    if (interfaces !== undefined && this.#options.hasOwnNetwork)
      this.#containerNet.add(interfaces, sample.readAtMs, pass)
    addPoint(this.#containerUptime, this.#uptimeS(pass.timeMs), pass)
  }

  /** None where the clock was set back behind the start. */
  #uptimeS(timeMs: number): number | undefined {
    const { startedAtMs } = this.#options
    return startedAtMs === undefined || timeMs < startedAtMs
      ? undefined
      : (timeMs - startedAtMs) / 1000
  }
}

const dockerIoNames = {
  readBytes: 'docker.io.read_bytes',
  writtenBytes: 'docker.io.write_bytes',
  readOperations: 'docker.io.read_operations',
  writeOperations: 'docker.io.write_operations',
} as const

const containerIoNames = {
  readBytes: 'container.io.read',
  writtenBytes: 'container.io.write',
  readOperations: 'container.io.read.operations',
  writeOperations: 'container.io.write.operations',
} as const

/** The highest memory so far is no limit: it grows. */
const limitKeys = [
  'quotaCores',
  'cpusetCores',
  'cpuShares',
  'memoryBytes',
  'memorySoftBytes',
  'memorySwapBytes',
  'threads',
] as const satisfies readonly (keyof CgroupLimits)[]

function isSameLimits(a: CgroupLimits, b: CgroupLimits | undefined): boolean {
  return a === b || limitKeys.every((key) => a[key] === b?.[key])
}
