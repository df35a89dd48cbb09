import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { parseNetDev } from '../../cgroup/parse-net-dev.ts'
import { durationWithin } from '../../component/duration.ts'
import { defineSource } from '../../component/source.ts'
import { Rate } from '../../component/rate.ts'
import { runs } from '../../component/runs.ts'
import { SeriesSet } from '../../component/series-set.ts'
import type { Point } from '../../model/series.ts'
import {
  parseCpuTicks,
  parseDiskstats,
  parseMeminfo,
  parseNumbers,
  type CpuTicks,
} from './parse-proc.ts'

/** Both ends of a container's link: its traffic is counted at the container. */
const containerLink = /^(veth|lo$)/
const mebibyte = 1024 * 1024
const kibibyte = 1024

export default defineSource({
  name: 'host',
  about: "The host's own CPU, memory, load, network and disks, from /proc",
  config: z.strictObject({
    interval: durationWithin('1s', '1h').prefault('1s').describe('Time between two readings'),
  }),
  async run({ interval: intervalMs }, context) {
    const { hostname, procRoot } = context.environment
    const host = new HostReader(
      procRoot,
      new SeriesSet(hostname, [], Math.max(1, Math.round(intervalMs / 1000))),
    )
    for await (const timeMs of runs('host', intervalMs, context)) {
      await context.emit(host.read(timeMs))
    }
  },
})

type AddPoint = (metric: string, value: number | undefined, device?: string) => void

/** Reads the host's files; a file that is missing has no points. */
class HostReader {
  readonly #procRoot: string
  readonly #series: SeriesSet
  readonly #rates = new Map<string, Rate>()
  #cpu: CpuTicks | undefined

  constructor(procRoot: string, series: SeriesSet) {
    this.#procRoot = procRoot
    this.#series = series
  }

  read(timeMs: number): readonly Point[] {
    const points: Point[] = []
    const add: AddPoint = (metric, value, device) => {
      if (value === undefined) return
      const extraTags = device === undefined ? undefined : [`device:${device}`]
      points.push(
        this.#series.point(
          metric,
          value,
          extraTags === undefined ? { timeMs } : { timeMs, extraTags },
        ),
      )
    }
    this.#addCpu(add)
    addMemory(this.#text('meminfo'), add)
    const [one, five, fifteen] = parseNumbers(this.#text('loadavg') ?? '')
    add('system.load.1', one)
    add('system.load.5', five)
    add('system.load.15', fifteen)
    const [uptimeS] = parseNumbers(this.#text('uptime') ?? '')
    add('system.uptime', uptimeS)
    this.#addNet(add)
    this.#addDisks(add)
    return points
  }

  #addCpu(add: AddPoint): void {
    const before = this.#cpu
    const now = parseCpuTicks(this.#text('stat') ?? '')
    this.#cpu = now
    if (before === undefined || now === undefined) return
    const all = sumTicks(now) - sumTicks(before)
    if (all <= 0) return
    const share = (kind: keyof CpuTicks): number =>
      Math.max(0, ((now[kind] - before[kind]) / all) * 100)
    for (const kind of ['user', 'system', 'idle', 'iowait', 'stolen'] as const)
      add(`system.cpu.${kind}`, share(kind))
  }

  /** Of the first process: our own would be those of our container. */
  #addNet(add: AddPoint): void {
    const bytes = this.#bytes('1/net/dev') ?? this.#bytes('net/dev')
    if (bytes === undefined) return
    const nowMs = performance.now()
    for (const { name, receivedBytes, sentBytes } of parseNetDev(bytes, bytes.length)) {
      if (containerLink.test(name)) continue
      add('system.net.bytes_rcvd', this.#rate(`rcvd ${name}`, receivedBytes, nowMs), name)
      add('system.net.bytes_sent', this.#rate(`sent ${name}`, sentBytes, nowMs), name)
    }
  }

  #addDisks(add: AddPoint): void {
    const nowMs = performance.now()
    for (const { name, readBytes, writtenBytes } of parseDiskstats(this.#text('diskstats') ?? '')) {
      add('system.io.rkb_s', this.#rate(`read ${name}`, readBytes / kibibyte, nowMs), name)
      add('system.io.wkb_s', this.#rate(`written ${name}`, writtenBytes / kibibyte, nowMs), name)
    }
  }

  #rate(name: string, value: number, atMs: number): number | undefined {
    let rate = this.#rates.get(name)
    if (rate === undefined) {
      rate = new Rate()
      this.#rates.set(name, rate)
    }
    return rate.next(value, atMs)
  }

  #text(name: string): string | undefined {
    return this.#bytes(name)?.toString('latin1')
  }

  #bytes(name: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#procRoot, name))
    } catch {
      return undefined
    }
  }
}

function sumTicks(ticksOf: CpuTicks): number {
  return Object.values(ticksOf).reduce((total, value) => total + value, 0)
}

/** Datadog's units: mebibytes. Memory that programs can still get is `usable`. */
function addMemory(text: string | undefined, add: AddPoint): void {
  const memory = parseMeminfo(text ?? '')
  const total = memory.get('MemTotal')
  const free = memory.get('MemFree')
  const usable = memory.get('MemAvailable')
  if (total === undefined) return
  add('system.mem.total', total / mebibyte)
  if (free !== undefined) add('system.mem.free', free / mebibyte)
  if (free !== undefined) add('system.mem.used', (total - free) / mebibyte)
  if (usable === undefined) return
  add('system.mem.usable', usable / mebibyte)
  add('system.mem.pct_usable', usable / total)
}
