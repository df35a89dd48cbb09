import type { NetReader } from '../../../cgroup/net-reader.ts'
import type { CgroupLimits, CgroupReader } from '../../../cgroup/sample.ts'
import type { Point } from '../../../model/series.ts'
import type { Figures } from './figures.ts'
import type { NewestReadings } from './container-reading.ts'
import type { Reading } from './reading.ts'

/** Limits change by `docker update`, which the engine tells; this is for what it does not tell. */
const limitsEveryMs = 60_000

/** What a running container is read from. */
export interface Readers {
  readonly cgroup: CgroupReader
  /** Absent where the container's own processes cannot be seen. */
  readonly net: NetReader | undefined
  /** Files that its processes hold open; costs a call for each process. */
  readonly countOpenFiles: () => number | undefined
}

/** One running container whose files are here: reads them at each tick. */
export class FollowedContainer {
  readonly figures: Figures
  readonly #readers: Readers
  #last: Reading | undefined
  #full: Reading | undefined
  #limits: CgroupLimits | undefined
  #limitsReadAtMs = 0

  constructor(figures: Figures, readers: Readers) {
    this.figures = figures
    this.#readers = readers
  }

  /**
   * Reads once and adds the points of this moment; the first call has no rates. A file that could not be read has none.
   * @returns What was read; `undefined` when the cgroup is gone.
   */
  sample(timeMs: number, points: Point[]): Reading | undefined {
    const { cgroup, net, countOpenFiles } = this.#readers
    const isSlow = this.figures.isSlowDue(timeMs)
    const sample = cgroup.read(isSlow ? 'all' : 'moving')
    if (sample === undefined) return undefined
    const interfaces = net?.read()
    const limits = this.#readLimits(sample.readAtMs, isSlow)
    const reading = isSlow
      ? { sample, limits, interfaces, openFiles: countOpenFiles() }
      : { sample, limits, interfaces, openFiles: undefined }
    this.figures.next(reading, timeMs, points)
    this.#last = reading
    if (isSlow || this.#full === undefined) this.#full = reading
    return reading
  }

  /** What was read last; `undefined` before the first sample. */
  newest(): NewestReadings | undefined {
    const [last, full] = [this.#last, this.#full]
    if (last === undefined || full === undefined) return undefined
    const { hasOwnNetwork } = this.figures
    return { last, full, cgroupPath: this.#readers.cgroup.path, hasOwnNetwork }
  }

  /** Reads the limits anew at the next sample. */
  forgetLimits(): void {
    this.#limits = undefined
  }

  #readLimits(atMs: number, isSlow: boolean): CgroupLimits {
    if (this.#limits === undefined || atMs - this.#limitsReadAtMs >= limitsEveryMs) {
      this.#limits = this.#readers.cgroup.readLimits()
      this.#limitsReadAtMs = atMs
    } else if (isSlow) {
      const memoryPeakBytes = this.#readers.cgroup.readMemoryPeak()
      this.#limits = { ...this.#limits, memoryPeakBytes }
    }
    return this.#limits
  }

  /** Gives every open file back. */
  close(): void {
    this.#readers.cgroup.close()
    this.#readers.net?.close()
  }
}
