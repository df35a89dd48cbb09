import { logOutputs } from '../../src/model/log-level.ts'
import type { Entry, EntryTaker, Place } from '../../src/sources/logs/entry.ts'

/** An entry as tests compare it. */
export interface CollectedEntry {
  /** Each byte as the character of its number, so that nothing is lost that is no UTF-8. */
  readonly bytes: string
  readonly timeNs: bigint
  readonly output: string
  /** `<file>:<position>` */
  readonly at: string
  readonly cut: Entry['cut']
}

/** Keeps a copy of all entries. */
export class EntryCollector implements EntryTaker {
  readonly entries: CollectedEntry[] = []
  /** What a test says that waits further on. */
  waiting: Place | undefined
  hasEnded = false

  take({ bytes, start, end, timeNs, output, fileId, position, cut }: Entry): void {
    this.entries.push({
      bytes: Buffer.from(bytes.subarray(start, end)).toString('latin1'),
      timeNs,
      output: logOutputs[output] ?? `no output ${output}`,
      at: `${fileId}:${position}`,
      cut,
    })
  }

  settle(): void {}

  end(): void {
    this.hasEnded = true
  }

  waitingFrom(): Place | undefined {
    return this.waiting
  }

  /** The lines as UTF-8. */
  get texts(): readonly string[] {
    return this.entries.map(({ bytes }) => Buffer.from(bytes, 'latin1').toString())
  }
}
