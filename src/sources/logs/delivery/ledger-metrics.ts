import { SeriesSet } from '../../../component/series-set.ts'
import type { LogLedger } from '../../../model/log-ledger.ts'
import type { Point } from '../../../model/series.ts'

/** How often the source tells of itself. */
const everyMs = 10_000

/** Told as growth a second. */
const rates = [
  ['vigie.logs.bytes_read', 'readBytes'],
  ['vigie.logs.lines_read', 'readLines'],
  ['vigie.logs.bytes_sent', 'sentBytes'],
  ['vigie.logs.lines_sent', 'sentLines'],
  ['vigie.logs.lines_dropped', 'droppedLines'],
  ['vigie.logs.lines_refused', 'refusedLines'],
  ['vigie.logs.lines_truncated', 'truncatedLines'],
  ['vigie.logs.bytes_lost', 'lostBytes'],
  ['vigie.logs.rotations', 'rotations'],
] as const satisfies readonly (readonly [string, keyof LogLedger])[]

/** What was told of one ledger. */
interface Told {
  readonly ledger: LogLedger
  readonly tags: readonly string[]
  readonly series: SeriesSet
  readonly isQuiet: boolean
}

/** Makes points of ledgers: rates since those before, of which the first have none before them. */
export class LedgerMetrics {
  readonly #tagsOf: (ledger: LogLedger) => readonly string[]
  #told = new Map<string, Told>()
  #beforeMs: number | undefined

  /** @param tagsOf Tags of the container, or `log:<name>` of what is no container's; the same list while they are the same. */
  constructor(tagsOf: (ledger: LogLedger) => readonly string[]) {
    this.#tagsOf = tagsOf
  }

  isDue(timeMs: number): boolean {
    const beforeMs = this.#beforeMs
    return beforeMs === undefined || timeMs - beforeMs >= everyMs || timeMs < beforeMs
  }

  /** Where nothing happens there is one point of 0, and then none. */
  next(timeMs: number, ledgers: readonly LogLedger[]): readonly Point[] {
    this.#beforeMs = timeMs
    const points: Point[] = []
    const told = new Map<string, Told>()
    for (const ledger of ledgers) {
      const key = `${ledger.way} ${ledger.name}`
      const before = this.#told.get(key)
      const isQuiet = before !== undefined && isSame(before.ledger, ledger)
      const tags = this.#tagsOf(ledger)
      const series =
        before?.tags === tags ? before.series : new SeriesSet(ledger.host, tags, everyMs / 1000)
      told.set(key, { ledger, tags, series, isQuiet })
      if (!isQuiet || !before.isQuiet) points.push(...pointsOf(ledger, series, before?.ledger))
    }
    this.#told = told
    return points
  }
}

function isSame(before: LogLedger, ledger: LogLedger): boolean {
  return (
    before.waitingLines === ledger.waitingLines &&
    rates.every(([, field]) => before[field] === ledger[field])
  )
}

function pointsOf(ledger: LogLedger, series: SeriesSet, before: LogLedger | undefined): Point[] {
  const { timeMs } = ledger
  const elapsedS = before === undefined ? 0 : (timeMs - before.timeMs) / 1000
  const points = rates.map(([metric, field]) => {
    const grown = ledger[field] - (before?.[field] ?? 0)
    return series.point(metric, elapsedS > 0 && grown > 0 ? grown / elapsedS : 0, { timeMs })
  })
  return [...points, series.point('vigie.logs.lines_waiting', ledger.waitingLines, { timeMs })]
}
