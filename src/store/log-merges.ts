import type { ClickHouseClient } from '@clickhouse/client'

export interface LogMergesOptions {
  readonly client: ClickHouseClient
  /** Bytes of messages that were written since the start. */
  readonly writtenBytes: () => number
  readonly clock?: () => number
}

/** Lines come in faster than a merge of all of them, once, would take an eighth of a core for. */
const busyBytesPerS = 6 * 1024 * 1024
/** With so many parts, questions about all lines become slow: then they are merged whatever comes in. */
const manyParts = 400
/** On disk: what full groups of lines make is left as it is. */
const busyPartBytes = 10_000_000
/** On disk: some four million lines, whose merge takes twenty seconds of one core and little memory. */
const restPartBytes = 256_000_000

/**
 * Bounds how large the parts of lines may become by merging. Merging the text index costs more than storing a line does, so
 * while many lines come in, large parts wait for quieter times.
 */
export class LogMerges {
  readonly #options: LogMergesOptions
  readonly #clock: () => number
  #lastBytes = 0
  #lastMs: number | undefined
  #maxBytes = 0

  constructor(options: LogMergesOptions) {
    this.#options = options
    this.#clock = options.clock ?? (() => performance.now())
  }

  /** Compares what came in since it looked last with what it can bear; at first, nothing is known and merges wait. */
  async look(): Promise<void> {
    const maxBytes = (await this.#isBusy()) ? busyPartBytes : restPartBytes
    if (maxBytes === this.#maxBytes) return
    await this.#options.client.command({
      query: `ALTER TABLE vigie.log_lines MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = ${maxBytes}`,
    })
    this.#maxBytes = maxBytes
  }

  async #isBusy(): Promise<boolean> {
    const nowMs = this.#clock()
    const bytes = this.#options.writtenBytes()
    const perS =
      this.#lastMs === undefined
        ? Infinity
        : ((bytes - this.#lastBytes) / Math.max(1, nowMs - this.#lastMs)) * 1000
    this.#lastBytes = bytes
    this.#lastMs = nowMs
    return perS > busyBytesPerS && (await this.#countParts()) < manyParts
  }

  async #countParts(): Promise<number> {
    const answer = await this.#options.client.query({
      query: `SELECT toFloat64(count()) AS parts FROM system.parts WHERE database = 'vigie' AND table = 'log_lines' AND active`,
      format: 'JSONEachRow',
    })
    const [row] = await answer.json<{ parts: number }>()
    return row?.parts ?? 0
  }
}
