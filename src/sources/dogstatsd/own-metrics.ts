import { SeriesSet } from '../../component/series-set.ts'
import type { Point } from '../../model/series.ts'
import type { CounterName, Counters } from './counters.ts'
import type { Loss } from './lost-items.ts'

/** How often the source tells of itself. */
const ownMetricsEveryMs = 10_000

const transports = [
  ['udp', 'udp.packets', 'udp.bytes'],
  ['uds', 'uds.packets', 'uds.bytes'],
  ['uds-stream', 'uds_stream.packets', 'uds_stream.bytes'],
] as const satisfies readonly (readonly [string, CounterName, CounterName])[]

/** Makes the points that say how much is received: rates since the points before. */
export class OwnMetrics {
  readonly #counters: Counters
  readonly #series: SeriesSet
  readonly #before = new Map<string, number>()
  #beforeMs: number | undefined

  constructor(hostname: string, counters: Counters) {
    this.#counters = counters
    this.#series = new SeriesSet(hostname, [], ownMetricsEveryMs / 1000)
  }

  isDue(timeMs: number): boolean {
    return (
      this.#beforeMs === undefined ||
      timeMs - this.#beforeMs >= ownMetricsEveryMs ||
      timeMs < this.#beforeMs
    )
  }

  /** Also where nothing was received: then all are 0. The first have nothing before them, and are 0 as well. */
  next(timeMs: number, losses: readonly Loss[]): readonly Point[] {
    const elapsedS = this.#beforeMs === undefined ? 0 : (timeMs - this.#beforeMs) / 1000
    this.#beforeMs = timeMs
    const lost = losses.reduce((sum, { total }) => sum + total, 0)
    const rate = (key: string, total: number): number => this.#rate(key, total, elapsedS)
    const of = (name: CounterName): number => rate(name, this.#counters.get(name))
    const point = (metric: string, value: number, extraTags?: readonly string[]): Point =>
      this.#series.point(metric, value, { timeMs, ...(extraTags && { extraTags }) })
    return [
      point('vigie.dogstatsd.samples', of('samples')),
      point('vigie.dogstatsd.dropped', rate('lost', lost)),
      point('vigie.dogstatsd.contexts', this.#counters.get('contexts')),
      point('vigie.dogstatsd.longest_pause', this.#counters.get('longest_pause_us') / 1000),
      ...transports.flatMap(([transport, packets, bytes]) => {
        const tags = [`transport:${transport}`]
        return [
          point('vigie.dogstatsd.packets', of(packets), tags),
          point('vigie.dogstatsd.bytes', of(bytes), tags),
        ]
      }),
    ]
  }

  #rate(key: string, total: number, elapsedS: number): number {
    const grown = total - (this.#before.get(key) ?? 0)
    this.#before.set(key, total)
    return elapsedS > 0 && grown > 0 ? grown / elapsedS : 0
  }
}
