import { collectGarbage } from '../../libc/collect-garbage.ts'
import { giveBackFreed } from '../../libc/give-back-freed.ts'
import type { SourceContext } from '../../component/source.ts'
import { BurstMemory } from './burst-memory.ts'
import { ComplaintLog } from './complaint-log.ts'
import type { Counters } from './counters.ts'
import { HandOn } from './hand-on/hand-on.ts'
import { KnownContexts } from './hand-on/known-contexts.ts'
import { LateItems } from './hand-on/late-items.ts'
import { Outbox } from './hand-on/outbox.ts'
import { SeriesMaker } from './hand-on/series-maker.ts'
import { DogstatsdHealth } from './health.ts'
import { LostItems } from './lost-items.ts'
import { OriginTable } from './origin/origin-table.ts'
import { OwnMetrics } from './own-metrics.ts'
import type { ReceiverState } from './receive/receiver.ts'
import { createMetricRules } from './rules/create-metric-rules.ts'
import type { FromWorker, Offender, ToWorker } from './worker-messages.ts'

/** Items that may wait while the pipeline has no room: some 20 MB. */
const maxWaiting = 200_000

/** Of the worker's own life. */
type LifeReport = Extract<FromWorker, { kind: 'ready' | 'stopped' | 'failed' }>
type Received = Exclude<FromWorker, LifeReport | { kind: 'stats' | 'captured' }>

/** What becomes of what the worker tells: all of the source but receiving. */
export class DogstatsdParts {
  readonly contexts = new KnownContexts()
  readonly #context: SourceContext
  readonly #tell: (message: ToWorker) => void
  readonly #origins: OriginTable
  readonly #late: LateItems
  readonly #outbox: Outbox
  readonly #handOn: HandOn
  readonly #lost: LostItems
  readonly #health: DogstatsdHealth
  readonly #own: OwnMetrics
  readonly #complaints: ComplaintLog
  readonly #burst = new BurstMemory({ collect: collectAll, trim: giveBackFreed })
  #offenders: readonly Offender[] = []
  /** Until the next worker is ready. */
  #workerFault: string | undefined

  /** @param tell Tells the worker, if there is one. */
  constructor(context: SourceContext, counters: Counters, tell: (message: ToWorker) => void) {
    const { environment, telemetry, tagger, clock, emit } = context
    const { dogstatsd: settings, hostname } = environment
    this.#context = context
    this.#tell = tell
    this.#lost = new LostItems(counters)
    this.#health = new DogstatsdHealth(settings, counters)
    this.#own = new OwnMetrics(hostname, counters)
    this.#complaints = new ComplaintLog(telemetry.log, settings.isQuiet)
    this.#origins = new OriginTable({ tagger, settings: settings.origin, clock })
    this.#late = new LateItems(this.#origins)
    const onDropped = (count: number): void => this.#lost.add('outbox_full', count)
    this.#outbox = new Outbox({ emit, maxWaiting, onDropped })
    this.#handOn = new HandOn({
      contexts: this.contexts,
      maker: new SeriesMaker({
        hostname,
        settings,
        metricRules: createMetricRules(settings.rules),
        origins: this.#origins,
      }),
      late: this.#late,
      outbox: this.#outbox,
    })
  }

  /** Takes what the worker tells; reports have to come in their order. */
  take(report: FromWorker): void {
    const { kind } = report
    // Those are for whoever has asked for them.
    if (kind === 'stats' || kind === 'captured') return
    if (kind === 'ready' || kind === 'stopped' || kind === 'failed') this.#noteLife(report)
    else this.#takeReceived(report)
  }

  /** What is due each second; resolves when all that waited has been handed on. */
  async pass(timeMs: number, receiver: ReceiverState): Promise<void> {
    const { telemetry } = this.#context
    this.#origins.refresh()
    this.#tellTagSets()
    this.#send(this.#late.take())
    const losses = this.#lost.take()
    for (const { reason, added } of losses)
      if (added > 0) telemetry.countDropped(`dogstatsd.${reason}`, added)
    const judged = { receiver, workerFault: this.#workerFault, offenders: this.#offenders }
    telemetry.setSource('dogstatsd', this.#health.judge({ ...judged, losses, timeMs }))
    if (this.#own.isDue(timeMs)) this.#send(this.#own.next(timeMs, losses))
    await this.#outbox.flush()
  }

  /** Hands on what is left once the worker has ended. */
  async close(): Promise<void> {
    this.#send(this.#late.takeAll())
    this.#origins.close()
    this.#burst.close()
    await this.#outbox.flush()
  }

  #takeReceived(report: Received): void {
    switch (report.kind) {
      case 'origins':
        this.#origins.add(report.origins)
        this.#tellTagSets()
        break
      case 'contexts':
        this.contexts.add(report.contexts)
        break
      case 'forgotten':
        this.#forget(report)
        break
      case 'closed':
        this.#handOn.closed(report)
        this.#burst.noteTold(report.contextIds.length)
        if (report.isLast) this.#burst.noteInterval()
        break
      case 'timed':
        this.#handOn.timed(report)
        break
      case 'happenings':
        this.#handOn.happenings(report.happenings)
        break
      case 'complaints':
        this.#complaints.add(report.complaints, this.#context.clock())
        break
      case 'offenders':
        this.#offenders = report.offenders
        break
    }
  }

  #tellTagSets(): void {
    const news = this.#origins.takeNews()
    if (news !== undefined) this.#tell(news)
  }

  #forget({ contextIds, originIds }: Extract<FromWorker, { kind: 'forgotten' }>): void {
    if (originIds.length > 0) this.#send(this.#late.takeOf(new Set(originIds)))
    this.contexts.forget(contextIds)
    this.#burst.noteForgotten(contextIds.length)
    this.#origins.forget(originIds)
  }

  /** The next worker begins with ids of its own. */
  #noteLife(report: LifeReport): void {
    this.#forgetAll()
    this.#workerFault = undefined
    if (report.kind === 'ready') this.#burst.noteStart()
    if (report.kind !== 'failed') return
    this.#workerFault = `Receiving for DogStatsD has failed: ${report.message}; it starts again by itself`
    this.#context.telemetry.log.error(this.#workerFault)
  }

  #forgetAll(): void {
    this.#send(this.#late.takeAll())
    this.#outbox.send()
    this.contexts.clear()
    this.#origins.clear()
    this.#offenders = []
    this.#burst.noteEnd()
  }

  #send(items: Iterable<Parameters<Outbox['add']>[0]>): void {
    for (const item of items) this.#outbox.add(item)
  }
}

function collectAll(): void {
  collectGarbage()
  giveBackFreed()
}
