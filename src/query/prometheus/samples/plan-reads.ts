import type { TierState, TierStates } from '../../../store/rollups/point-tiers.ts'
import { PrometheusError } from '../prometheus-error.ts'

/** What is to be read of how many series. */
export interface ReadWish {
  /** Unix milliseconds: later than this … */
  readonly fromMs: number
  /** … up to and with this. */
  readonly toMs: number
  /** Points that all series together bring in a second. */
  readonly pointsPerS: number
  readonly series: number
  /** A table with longer intervals than this would blur the answer. */
  readonly coarsestMs: number
  /** Rows above which a coarser table is read. */
  readonly affordableRows: number
  /** Rows above which nothing is read. */
  readonly maxRows: number
}

/** One table, read for those of its intervals that begin in this time. */
export interface TierRead {
  readonly table: TierState['table']
  readonly stepMs: number
  readonly fromMs: number
  /** Exclusive. */
  readonly toMs: number
}

/**
 * Which tables give the samples: the finest that reaches back far enough and is affordable, and finer ones for what is
 * newer than it. In order of time.
 * @throws {PrometheusError} `execution` when even the coarsest that would do has too many rows.
 */
export function planReads(tiers: TierStates, wish: ReadWish): readonly TierRead[] {
  const chosen = chooseTier(tiers, wish)
  const reads: TierRead[] = []
  let fromMs = firstRowMs(chosen, wish.fromMs)
  for (const tier of tiers.slice(0, tiers.indexOf(chosen) + 1).toReversed()) {
    const toMs = Math.min(tier.completeToMs, wish.toMs + 1)
    if (toMs <= fromMs) continue
    const stepMs = tier.stepS * 1000
    reads.push({ table: tier.table, stepMs, fromMs, toMs })
    fromMs = toMs
  }
  return reads
}

function chooseTier(tiers: TierStates, wish: ReadWish): TierState {
  const reaching = tiers.filter(({ keptFromMs }) => keptFromMs <= wish.fromMs)
  const usable = reaching.length > 0 ? reaching : tiers.slice(-1)
  const finest = usable[0]
  if (finest === undefined) throw new PrometheusError('internal', 'the store keeps no points')
  const coarsestMs = Math.max(wish.coarsestMs, finest.stepS * 1000)
  const sharp = usable.filter(({ stepS }) => stepS * 1000 <= coarsestMs)
  const chosen =
    sharp.find((tier) => rowsOf(tier, wish) <= wish.affordableRows) ?? sharp.at(-1) ?? finest
  if (rowsOf(chosen, wish) <= wish.maxRows) return chosen
  throw new PrometheusError(
    'execution',
    `the query would go through more than ${wish.maxRows} samples; name fewer series, a shorter time or a longer step`,
  )
}

/** At most as many as there can be. */
function rowsOf({ stepS }: TierState, { fromMs, toMs, pointsPerS, series }: ReadWish): number {
  return ((toMs - fromMs) / 1000) * Math.min(pointsPerS, series / stepS)
}

/** One row of a rollup more than the time has: what it says may still hold when the time begins. */
function firstRowMs({ stepS }: TierState, fromMs: number): number {
  if (stepS === 1) return fromMs
  const stepMs = stepS * 1000
  return (Math.floor(fromMs / stepMs) - 1) * stepMs
}
