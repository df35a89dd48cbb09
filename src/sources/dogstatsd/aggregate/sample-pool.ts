import { Burst } from './burst.ts'
import { FreeList } from './free-list.ts'

/** Samples in one chunk. */
export const chunkSamples = 16
/** `place >> chunkBits` is the chunk. */
export const chunkBits = 4

/** 64 MiB of values; beyond, histograms become sketches sooner. */
const mostChunks = 1 << 19

/** Memory for samples of histograms, in chunks. The link of a chunk is the one filled before it. */
export class SamplePool {
  values: Float64Array
  readonly chunks: FreeList
  /** How many samples each stands for; empty while all stand for one, which is what most clients send. */
  weights = new Uint32Array(0)
  readonly #burst = new Burst(chunkSamples * 12)

  constructor(maxContexts: number, maxSamples: number) {
    const maxChunks = Math.min(mostChunks, maxContexts * Math.ceil(maxSamples / chunkSamples))
    this.values = new Float64Array(maxChunks * chunkSamples)
    this.chunks = new FreeList(maxChunks)
  }

  /** Makes room for weights, with that of all samples so far. */
  weigh(): void {
    if (this.weights.length > 0) return
    this.weights = new Uint32Array(this.values.length).fill(1, 0, this.chunks.top * chunkSamples)
  }

  /** Once an interval is told: gives memory back that is not needed any more. */
  settle(): void {
    const isOver = this.#burst.isOver(this.chunks.top)
    this.chunks.rewind()
    if (!isOver) return
    const length = this.chunks.top * chunkSamples
    const values = new Float64Array(this.values.length)
    values.set(this.values.subarray(0, length))
    this.values = values
    if (this.weights.length === 0) return
    const weights = new Uint32Array(this.weights.length)
    weights.set(this.weights.subarray(0, length))
    this.weights = weights
  }
}
