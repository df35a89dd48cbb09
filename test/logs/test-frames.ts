import type { ByteTaker } from '../../src/sources/logs/byte-taker.ts'
import type { FrameOptions } from '../../src/sources/logs/frames/frames.ts'
import { openFrames } from '../../src/sources/logs/frames/open-frames.ts'
import { EntryCollector } from './entry-collector.ts'

/** The time of all readings. */
export const readAtNs = 1_800_000_000_000_000_000n
/** A time as the engine writes it. */
export const lineTime = '2023-11-14T22:13:20.123456789Z'
export const lineTimeNs = 1_700_000_000_123_456_789n

export interface OpenedFrames {
  readonly to: EntryCollector
  readonly frames: ByteTaker
  readonly damage: string[]
}

/** Frames of a file with the id 7, read from its beginning; of the driver `json-file` unless told otherwise. */
export function openTestFrames(options: Partial<FrameOptions> = {}): OpenedFrames {
  const to = new EntryCollector()
  const damage: string[] = []
  const frames = openFrames({
    framing: 'docker-json',
    encoding: 'utf-8',
    maxMessageBytes: 900_000,
    nowMs: () => 0,
    clock: () => Number(readAtNs / 1_000_000n),
    to,
    onDamage: (what) => damage.push(what),
    ...options,
  })
  frames.beginFile({ fileId: 7n, offset: 0 })
  return { to, frames, damage }
}

/** The bytes are spoilt afterwards, since they are valid during the call only. */
export function feed(frames: ByteTaker, text: string | Buffer): void {
  const bytes = Buffer.from(text)
  frames.take(bytes)
  bytes.fill(0)
}

/** A line as the engine writes it. */
export function dockerJson(message: string, stream = 'stdout'): string {
  const log = JSON.stringify(`${message}\n`).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')
  return `{"log":${log},"stream":"${stream}","time":"${lineTime}"}\n`
}

/** Numbers up to 2^24 that are the same in each run. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state >>> 8
  }
}
