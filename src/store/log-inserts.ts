import type { ColumnInsert } from './engine.ts'
import type { GroupInsert } from './group-inserts.ts'
import { insertOfLines, LinesMemory } from './inserts/log-lines.ts'
import { insertOfLedgers } from './inserts/log-ledgers.ts'
import { insertOfOrigins } from './inserts/log-origins.ts'
import type { LogNews } from './log-news.ts'
import { LogOrigins, type StoredOrigin } from './log-origins.ts'
import type { StoreBatch } from './store.ts'

/** Turns log blocks and ledgers into inserts and remembers which origins the engine has. */
export class LogInserts {
  readonly #news: LogNews
  readonly #origins = new LogOrigins()
  readonly #lines = { origins: this.#origins, memory: new LinesMemory() }
  #writtenLines = 0
  #writtenBytes = 0

  constructor(news: LogNews) {
    this.#news = news
  }

  /** Lines written since the start. */
  get writtenLines(): number {
    return this.#writtenLines
  }

  /** Bytes of their messages. */
  get writtenBytes(): number {
    return this.#writtenBytes
  }

  /** All lines and ledgers of the batches. Origins go first: lines never refer to one that is not there. */
  of(batches: readonly StoreBatch[], nowMs: number): GroupInsert {
    const blocks = batches
      .flatMap((batch) => batch.logs ?? [])
      .filter((block) => block.lineCount > 0)
    const ledgers = batches.flatMap((batch) => batch.ledgers ?? [])
    const due = this.#dueOrigins(batches, nowMs)
    const columns: ColumnInsert[] = []
    const takenMs = blocks.length > 0 ? this.#news.next(nowMs) : undefined
    if (due.length > 0) columns.push(insertOfOrigins(due, nowMs))
    if (takenMs !== undefined) columns.push(insertOfLines(blocks, { ...this.#lines, takenMs }))
    if (ledgers.length > 0) columns.push(insertOfLedgers(ledgers))
    const markWritten = (): void => {
      for (const origin of due) this.#origins.markWritten(origin, nowMs)
      for (const { lineCount, messages } of blocks) {
        this.#writtenLines += lineCount
        this.#writtenBytes += messages.length
      }
      if (takenMs !== undefined) this.#news.tell(takenMs)
    }
    return { columns, markWritten }
  }

  #dueOrigins(batches: readonly StoreBatch[], nowMs: number): readonly StoredOrigin[] {
    const due = new Set<StoredOrigin>()
    for (const { runs } of batches.flatMap(({ logs = [] }) => logs)) {
      for (const { origin } of runs) {
        const stored = this.#origins.resolve(origin)
        if (this.#origins.isDue(stored, nowMs)) due.add(stored)
      }
    }
    return [...due]
  }
}
