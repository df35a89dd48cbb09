import { logLevels, logOutputs } from '../../src/model/log-level.ts'
import type { LogConfig } from '../../src/component/log-config.ts'
import type { LogsSettings } from '../../src/component/logs-settings.ts'
import { openEntries } from '../../src/sources/logs/entries/open-entries.ts'
import type { Entry, EntryTaker, Place } from '../../src/sources/logs/entry.ts'

type Settings = Pick<
  LogsSettings,
  | 'rules'
  | 'multiLine'
  | 'maxMessageBytes'
  | 'tagsTruncated'
  | 'tagsMultiLine'
  | 'aggregationTimeoutMs'
>

/** A line that was handed over, as tests compare it. */
export interface HandedLine {
  /** Each byte as the character of its number. */
  readonly bytes: string
  readonly level: string
  readonly attributes: Readonly<Record<string, string>>
  readonly output: string
  /** `<file>:<position>` */
  readonly at: string
  readonly timeNs: bigint
}

/** The way of one origin's lines, from beginning to end; each line begins where the one before ended. */
export class EntryRun {
  readonly handed: HandedLine[] = []
  readonly faults: string[] = []
  readonly counts = { readLines: 0, handedLines: 0, droppedLines: 0, truncatedLines: 0 }
  progress = 0
  nowMs = 0
  readonly #taker: EntryTaker
  #position = 0

  constructor(
    settings: Partial<Omit<Settings, 'multiLine'>> & {
      readonly multiLine?: Partial<Settings['multiLine']>
    } = {},
    config: Pick<LogConfig, 'rules'> &
      Partial<Pick<LogConfig, 'isAutoMultiLine' | 'maxMessageBytes'>> = { rules: [] },
  ) {
    this.#taker = openEntries({
      settings: {
        rules: [],
        maxMessageBytes: 1000,
        tagsTruncated: false,
        tagsMultiLine: false,
        aggregationTimeoutMs: 1000,
        ...settings,
        multiLine: {
          isAutomatic: false,
          joinsJson: true,
          hasTimestampDetection: true,
          samples: [],
          ...settings.multiLine,
        },
      },
      config,
      counts: this.counts,
      to: {
        hand: (entry, level, attributes) => this.#hand(entry, level, attributes),
        noteProgress: () => {
          this.progress += 1
        },
      },
      nowMs: () => this.nowMs,
      onFault: (message) => this.faults.push(message),
    })
  }

  /** Takes lines whose memory is gone afterwards. */
  take(
    line: string | Uint8Array,
    of: Partial<Pick<Entry, 'output' | 'cut' | 'timeNs'>> = {},
  ): this {
    const text = Buffer.from(line)
    const bytes = Buffer.concat([Buffer.from('{"'), text, Buffer.from('"}')])
    const place = { fileId: 7n, position: this.#position }
    this.#taker.take({
      bytes,
      start: 2,
      end: 2 + text.length,
      timeNs: 0n,
      output: 1,
      cut: 'none',
      ...place,
      ...of,
    })
    bytes.fill(0x23)
    this.#position += text.length + 1
    return this
  }

  takeAll(lines: readonly string[]): this {
    for (const line of lines) this.take(line)
    return this
  }

  settle(sinceMs: number): this {
    this.#taker.settle(sinceMs)
    return this
  }

  end(): this {
    this.#taker.end()
    return this
  }

  waitingFrom(): Place | undefined {
    return this.#taker.waitingFrom()
  }

  /** The lines that were handed over, as UTF-8. */
  get texts(): readonly string[] {
    return this.handed.map(({ bytes }) => Buffer.from(bytes, 'latin1').toString())
  }

  #hand(
    { bytes, start, end, output, fileId, position, timeNs }: Entry,
    level: number,
    json: string,
  ): void {
    const attributes: Readonly<Record<string, string>> = json === '' ? {} : JSON.parse(json)
    this.handed.push({
      bytes: Buffer.from(bytes.subarray(start, end)).toString('latin1'),
      level: logLevels[level] ?? `no level ${level}`,
      attributes,
      output: logOutputs[output] ?? `no output ${output}`,
      at: `${fileId}:${position}`,
      timeNs,
    })
  }
}
