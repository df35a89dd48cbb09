import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { BinPool } from './bin-pool.ts'
import { BucketSamples } from './bucket-samples.ts'
import { BucketSketches } from './bucket-sketches.ts'
import { rowDoubles, rowInts, sampleCountAt, sketched, weightAt } from './row.ts'
import type { SamplePool } from './sample-pool.ts'
import { SetMembers } from './set-members.ts'

/** Memory that both intervals share. */
export interface Pools {
  readonly bins: BinPool
  readonly samples: SamplePool
}

/** What was added up in one interval, by context. */
export class Bucket {
  /** Unix time, seconds. */
  startS = 0
  /** `rowDoubles` numbers for each context, as `row.ts` says. */
  readonly rows: Float64Array
  /** The same memory as integers, `rowInts` for each context. */
  readonly links: Int32Array
  readonly samples: BucketSamples
  /** Of distributions, and of histograms with more samples than are kept one by one. */
  readonly sketches: BucketSketches
  readonly members: SetMembers

  constructor({ limits }: DogstatsdSettings, contexts: number, pools: Pools) {
    this.rows = new Float64Array(contexts * rowDoubles)
    this.links = new Int32Array(this.rows.buffer)
    this.samples = new BucketSamples(pools.samples, this.links, limits.histogramSamples)
    this.sketches = new BucketSketches(pools.bins, this.links)
    this.members = new SetMembers(this.links, limits.setMembers)
  }

  isTouched(context: number): boolean {
    return this.rows[context * rowDoubles + weightAt] !== 0
  }

  /** Whether the samples of a histogram are bins. */
  isSketched(context: number): boolean {
    return this.links[context * rowInts + sampleCountAt] === sketched
  }

  /** Takes back the row of a context; samples, bins and members must have been taken before. */
  clearRow(context: number): void {
    const from = context * rowDoubles
    this.rows.fill(0, from, from + rowDoubles)
  }

  /** Once all contexts are taken out of it. */
  clear(): void {
    this.sketches.clear()
    this.members.clear()
  }
}
