import type { ByteTaker } from '../../src/sources/logs/byte-taker.ts'
import type { Place } from '../../src/sources/logs/entry.ts'

/** Bytes that were taken from one file without a break. */
export interface TakenFile {
  readonly fileId: bigint
  readonly offset: number
  text: string
  isOver: boolean
}

/** Keeps all that it takes, and checks that it is told in a sensible order. */
export class RecordingTaker implements ByteTaker {
  readonly files: TakenFile[] = []
  isEnded = false
  settledAtMs: readonly number[] = []
  #waiters: (() => void)[] = []

  /** All bytes, in their order. */
  get text(): string {
    return this.files.map(({ text }) => text).join('')
  }

  beginFile({ fileId, offset }: Place): void {
    if (this.files.at(-1)?.isOver === false) throw new Error('the file before has not ended')
    this.files.push({ fileId, offset, text: '', isOver: false })
    this.#tell()
  }

  take(bytes: Uint8Array): void {
    this.#current().text += Buffer.from(bytes).toString()
    this.#tell()
  }

  endFile(): void {
    this.#current().isOver = true
    this.#tell()
  }

  settle(sinceMs: number): void {
    this.settledAtMs = [...this.settledAtMs, sinceMs]
    this.#tell()
  }

  end(): void {
    if (this.isEnded) throw new Error('ended twice')
    this.isEnded = true
    this.#tell()
  }

  resumeAt(): Place {
    const last = this.files.at(-1)
    return { fileId: last?.fileId ?? 0n, offset: (last?.offset ?? 0) + (last?.text.length ?? 0) }
  }

  /** Resolves as soon as the claim holds. */
  async until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#waiters.push(resolve)
      await promise
    }
  }

  #current(): TakenFile {
    const last = this.files.at(-1)
    if (last === undefined || last.isOver) throw new Error('no file has begun')
    return last
  }

  #tell(): void {
    for (const resolve of this.#waiters.splice(0)) resolve()
  }
}
