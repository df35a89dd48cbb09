import type { MetricRules } from '../rules/metric-rules.ts'
import type {
  Complaint,
  ContextStats,
  FromWorker,
  ReceivedCheck,
  ReceivedEvent,
  ToWorker,
} from '../worker-messages.ts'
import type { Aggregation, AggregationParts } from './aggregation.ts'
import { AliasTable } from './alias-table.ts'
import { BinPool } from './bin-pool.ts'
import { Bucket } from './bucket.ts'
import { ContextGroups } from './context-groups.ts'
import { ContextMaker } from './context-maker.ts'
import { ContextTable } from './context-table.ts'
import { FastReader } from './fast-reader.ts'
import { FewASecond } from './few-a-second.ts'
import { Forgetting } from './forgetting.ts'
import { IntervalCloser } from './interval-closer.ts'
import { Offenders } from './offenders.ts'
import { OriginTable } from './origin-table.ts'
import { Outbox } from './outbox.ts'
import type { PacketPlace } from './packet-reader.ts'
import { PlainReader } from './plain-reader.ts'
import { SampleAdder } from './sample-adder.ts'
import { SamplePool } from './sample-pool.ts'
import { createTally, handOn } from './tally.ts'
import { TimedSampleBuffer } from './timed-sample-buffer.ts'

/** Seconds that are added up into one figure. */
const intervalS = 10

/** Told in each second; what is beyond is counted. */
const maxComplaints = 10
const maxHappenings = 1000

export interface AggregatorParts extends AggregationParts {
  readonly rules: MetricRules
}

/**
 * Adds up the samples of packets, interval by interval, in typed arrays of bounded size: nothing is allocated for a sample,
 * and a context takes about 400 bytes and what its values need. While one interval is told in small pieces, samples are
 * added to the next.
 */
export class Aggregator implements Aggregation {
  readonly #parts: AggregatorParts
  readonly #tally = createTally()
  readonly #offenders = new Offenders()
  readonly #origins = new OriginTable()
  readonly #contexts: ContextTable
  readonly #groups: ContextGroups
  readonly #outbox: Outbox
  readonly #happenings: FewASecond<ReceivedEvent | ReceivedCheck>
  readonly #complaints: FewASecond<Complaint>
  readonly #pools: { readonly bins: BinPool; readonly samples: SamplePool }
  readonly #totals: Float64Array | undefined
  readonly #adder: SampleAdder
  readonly #timed: TimedSampleBuffer
  readonly #reader: FastReader
  readonly #closer: IntervalCloser
  readonly #forgetting: Forgetting
  #open: Bucket
  #closed: Bucket
  /** Sets of tags that are to be taken over once the interval that is over has been told. */
  #tagSets: Extract<ToWorker, { kind: 'tag-sets' }>[] = []

  constructor(parts: AggregatorParts) {
    const { settings, clock } = parts
    const { limits } = settings
    const tally = this.#tally
    const origins = this.#origins
    const contexts = new ContextTable(limits.contexts)
    const groups = new ContextGroups(contexts)
    const maker = new ContextMaker({
      ...parts,
      contexts,
      groups,
      origins,
      offenders: this.#offenders,
    })
    const outbox = new Outbox(maker, origins)
    const pools = {
      bins: new BinPool(limits.bins),
      samples: new SamplePool(contexts.limit, limits.histogramSamples),
    }
    const totals = settings.hasStats ? new Float64Array(contexts.limit) : undefined
    const aliases = new AliasTable(contexts.limit)

    this.#parts = parts
    this.#contexts = contexts
    this.#groups = groups
    this.#outbox = outbox
    this.#pools = pools
    this.#totals = totals
    this.#open = new Bucket(settings, contexts.limit, pools)
    this.#closed = new Bucket(settings, contexts.limit, pools)
    this.#happenings = new FewASecond(clock, maxHappenings)
    this.#complaints = new FewASecond(clock, maxComplaints)
    this.#adder = new SampleAdder(this.#open, tally, limits.histogramSamples)
    this.#timed = new TimedSampleBuffer(contexts, outbox)
    const reading = { settings, adder: this.#adder, timed: this.#timed, tally, totals }
    const told = { happenings: this.#happenings, complaints: this.#complaints }
    const plain = new PlainReader({ ...reading, ...told, clock, maker, contexts })
    this.#reader = new FastReader({ ...reading, aliases, plain, offenders: this.#offenders })
    this.#closer = new IntervalCloser({ settings, contexts, groups, outbox, tally })
    this.#forgetting = new Forgetting({ contexts, groups, origins, aliases, outbox, totals })
  }

  read(memory: Uint8Array, packet: PacketPlace): void {
    this.#reader.read(memory, packet)
  }

  switchBucket(startS: number): void {
    this.#drainAll()
    this.#contexts.startS = startS
    if (this.#contexts.size > 0) {
      const closed = this.#open
      this.#open = this.#closed
      this.#closed = closed
      this.#adder.open(this.#open)
      this.#closer.start(closed)
    }
    this.#open.startS = startS
  }

  drain(maxContexts: number): boolean {
    if (this.#closer.isBusy) {
      this.#closer.step(maxContexts)
      if (!this.#closer.isBusy) this.#finishInterval()
    } else if (this.#forgetting.isBusy) {
      this.#forgetting.step(maxContexts, this.#open)
    }
    return this.#closer.isBusy || this.#forgetting.isBusy
  }

  takeMessages(): readonly FromWorker[] {
    this.#timed.handOnOld(this.#parts.clock)
    const happenings = this.#happenings.take()
    if (happenings.length > 0) this.#outbox.push({ kind: 'happenings', happenings })
    const complaints = this.#complaints.take()
    if (complaints.length > 0) this.#outbox.push({ kind: 'complaints', complaints })
    this.#count()
    return this.#outbox.take()
  }

  tell(message: ToWorker): void {
    if (message.kind === 'stats')
      this.#outbox.push({ kind: 'stats', question: message.question, stats: this.#stats() })
    if (message.kind !== 'tag-sets') return
    this.#tagSets.push(message)
    if (!this.#closer.isBusy) this.#takeTagSets()
  }

  get isEmpty(): boolean {
    return (
      this.#contexts.size === 0 &&
      this.#timed.length === 0 &&
      this.#happenings.isEmpty &&
      this.#complaints.isEmpty &&
      this.#outbox.isEmpty
    )
  }

  closeAll(shouldIncludeOpen: boolean): void {
    this.#drainAll()
    this.#timed.handOn()
    if (!shouldIncludeOpen) return
    this.switchBucket(this.#contexts.startS + intervalS)
    this.#drainAll()
  }

  #drainAll(): void {
    while (this.drain(this.#contexts.limit));
  }

  /** All contexts of an interval have been told. */
  #finishInterval(): void {
    this.#timed.handOn()
    this.#pools.bins.settle()
    this.#pools.samples.settle()
    const offenders = this.#offenders.report(this.#contexts)
    if (offenders !== undefined) this.#outbox.push({ kind: 'offenders', offenders })
    this.#takeTagSets()
    this.#forgetting.start(this.#closer.dying > 0)
  }

  #takeTagSets(): void {
    const changed = new Set<number>()
    for (const { originIds, tagSetIds } of this.#tagSets) {
      for (const [at, origin] of originIds.entries())
        if (this.#origins.setTagSet(origin, tagSetIds[at] ?? 0)) changed.add(origin)
    }
    this.#tagSets = []
    if (changed.size > 0) this.#regroup(changed)
  }

  #regroup(changedOrigins: ReadonlySet<number>): void {
    const { types, origins, top } = this.#contexts
    for (let context = 0; context < top; context += 1) {
      const origin = origins[context] ?? 0
      if (types[context] === 0 || !changedOrigins.has(origin)) continue
      this.#groups.leave(context)
      this.#groups.join(context, this.#origins.tagSetOf(origin))
    }
  }

  #stats(): readonly ContextStats[] {
    const totals = this.#totals
    if (totals === undefined) return []
    const { types, sampledS, heardS, startS, top } = this.#contexts
    const stats: ContextStats[] = []
    for (let contextId = 0; contextId < top; contextId += 1) {
      if (types[contextId] === 0) continue
      const closedS = Math.max(sampledS[contextId] ?? 0, heardS[contextId] ?? 0)
      const lastSeenMs = (this.#open.isTouched(contextId) ? startS : closedS) * 1000
      stats.push({ contextId, count: totals[contextId] ?? 0, lastSeenMs })
    }
    return stats
  }

  #count(): void {
    const { counters } = this.#parts
    handOn(this.#tally, counters)
    counters.set('contexts', this.#contexts.size)
  }
}
