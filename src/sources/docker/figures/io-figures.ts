import type { DeviceIo } from '../../../cgroup/parse-io.ts'
import { Counters } from './counters.ts'
import { addCapped, type CappedSeries, type Pass, type SeriesMaker } from './container-series.ts'

/** The figures of a device, in the order in which they are counted. */
const figures = ['readBytes', 'writtenBytes', 'readOperations', 'writeOperations'] as const

/** What the four rates of a device are called. */
export type IoNames = Readonly<Record<(typeof figures)[number], string>>

interface Device {
  readonly id: string
  /** Tags follow the name: a number can come to mean another device. */
  readonly name: string | undefined
  /** Number of its first counter. */
  readonly first: number
  /** Absent for a device without a name, which is told in the sum. */
  readonly series: readonly CappedSeries[] | undefined
}

/** Rates of block I/O, by device; the devices without a name are told as one sum without a tag. */
export class IoFigures {
  readonly #names: IoNames
  readonly #series: SeriesMaker
  readonly #deviceName: (device: string) => string | undefined
  readonly #counters = new Counters()
  #counterCount = 0
  #devices: readonly Device[] = []
  #nameless: readonly CappedSeries[] | undefined

  constructor(
    names: IoNames,
    series: SeriesMaker,
    deviceName: (device: string) => string | undefined,
  ) {
    this.#names = names
    this.#series = series
    this.#deviceName = deviceName
  }

  /** @param atMs When the counters were read, monotonic milliseconds. */
  add(devices: readonly DeviceIo[], atMs: number, pass: Pass): void {
    this.#counters.begin(atMs)
    let sums: (number | undefined)[] | undefined
    for (const io of devices) {
      const { first, series } = this.#deviceOf(io.device)
      if (series === undefined) sums ??= []
      for (let i = 0; i < figures.length; i += 1) {
        const rate = this.#counters.perSecond(first + i, io[figures[i] ?? 'readBytes'])
        const own = series?.[i]
        if (own !== undefined) addCapped(own, rate, pass)
        else if (sums !== undefined && rate !== undefined) sums[i] = (sums[i] ?? 0) + rate
      }
    }
    if (sums !== undefined) this.#addSums(sums, pass)
  }

  #addSums(sums: readonly (number | undefined)[], pass: Pass): void {
    this.#nameless ??= this.#makeSeries()
    for (const [i, series] of this.#nameless.entries()) addCapped(series, sums[i], pass)
  }

  #deviceOf(id: string): Device {
    const name = this.#deviceName(id)
    for (const device of this.#devices) if (device.id === id && device.name === name) return device
    const tags = [`device:${name}`, `device_name:${name}`]
    const series = name === undefined ? undefined : this.#makeSeries(tags)
    const device = { id, name, first: this.#counterCount, series }
    this.#counterCount += figures.length
    this.#devices = [...this.#devices.filter((other) => other.id !== id), device]
    return device
  }

  #makeSeries(tags?: readonly string[]): readonly CappedSeries[] {
    return figures.map((figure) => this.#series.makeCapped(this.#names[figure], tags))
  }
}
