import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { splitMagicTags } from '../../../wire/dogstatsd/enrich-tags.ts'
import type {
  EventMessage,
  MessageFault,
  MetricMessage,
  ServiceCheckMessage,
} from '../../../wire/dogstatsd/message.ts'
import { parseMessage } from '../../../wire/dogstatsd/parse-message.ts'
import type { ReadOptions } from '../../../wire/dogstatsd/read-fields.ts'
import type { Complaint, ReceivedCheck, ReceivedEvent } from '../worker-messages.ts'
import { refused, unknown, unwanted } from './alias-table.ts'
import { sampleCount, type ContextMaker } from './context-maker.ts'
import type { ContextTable } from './context-table.ts'
import type { FewASecond } from './few-a-second.ts'
import { MemberHash } from './member-hash.ts'
import { PacketMemories } from './packet-memory.ts'
import { receiveHappening } from './received-happening.ts'
import type { SampleAdder } from './sample-adder.ts'
import type { Tally } from './tally.ts'
import type { TimedSampleBuffer } from './timed-sample-buffer.ts'

const carriageReturn = 13

export interface PlainReaderParts {
  readonly settings: DogstatsdSettings
  readonly clock: () => number
  readonly maker: ContextMaker
  readonly contexts: ContextTable
  readonly adder: SampleAdder
  readonly timed: TimedSampleBuffer
  readonly tally: Tally
  readonly happenings: FewASecond<ReceivedEvent | ReceivedCheck>
  readonly complaints: FewASecond<Complaint>
  /** For each context how many samples it ever had; absent where nobody asks. */
  readonly totals: Float64Array | undefined
}

/** Reads one message by the grammar as it is written in `src/wire/dogstatsd/`, and adds up what it says. */
export class PlainReader {
  readonly #parts: PlainReaderParts
  readonly #options: ReadOptions
  readonly #member = new MemberHash()

  constructor(parts: PlainReaderParts) {
    this.#parts = parts
    this.#options = {
      readsTimes: parts.settings.hasNoAggregationPipeline,
      readsOrigin: parts.settings.origin.isToldByClient,
    }
  }

  /**
   * Takes in one line without its end, but perhaps with a `\r`.
   * @returns The context that it belongs to, `unwanted`, `refused` or less, or `unknown` where it belongs to none.
   */
  take(line: Uint8Array, sender: number): number {
    const bytes = line.at(-1) === carriageReturn ? line.subarray(0, -1) : line
    if (bytes.length === 0) return unknown
    const message = parseMessage(bytes, this.#options)
    switch (message.kind) {
      case 'metric':
        return this.#takeMetric(message, sender)
      case 'fault':
        return this.#takeFault(message)
      case 'event':
      case 'service-check':
        return this.#takeHappening(message, sender)
    }
  }

  /** Adds the values that lie in the adder to the distribution that is a copy of the histogram. */
  addCopy(context: number, from: number, to: number): void {
    const { contexts, adder, tally } = this.#parts
    const twin = contexts.twins[context] ?? unknown
    if (twin < 0) tally.contextsFull += to - from
    else adder.addDistribution(twin, from, to)
  }

  #takeMetric(message: MetricMessage, sender: number): number {
    const { tally, maker, totals } = this.#parts
    const length = sampleCount(message)
    if (message.timestampS !== undefined && message.type !== 'c' && message.type !== 'g') {
      tally.timedOfOtherType += length
      return unknown
    }
    const context = maker.contextOf(message, sender)
    if (context === unwanted) {
      tally.blocked += length
    } else if (context <= refused) {
      tally.contextsFull += length
    } else {
      tally.samples += length
      if (totals !== undefined) totals[context] = (totals[context] ?? 0) + length
      this.#addSamples(context, message)
    }
    return context
  }

  #addSamples(context: number, message: MetricMessage): void {
    const { adder } = this.#parts
    if (message.type === 's') return this.#addMember(context, message.member)
    adder.setRate(message.sampleRate)
    adder.values = Float64Array.from(message.values)
    this.#addValues(context, message, adder.values.length)
    adder.setRate(1)
  }

  #addValues(context: number, { type, timestampS }: MetricMessage, length: number): void {
    const { adder, timed, settings } = this.#parts
    if (timestampS !== undefined) return timed.add(context, timestampS, adder.values)
    switch (type) {
      case 'c':
        return adder.addCount(context, 0, length)
      case 'g':
        return adder.addGauge(context, 0, length)
      case 'd':
        return adder.addDistribution(context, 0, length)
      case 'h':
      case 'ms':
        adder.addHistogram(context, 0, length)
        if (settings.histogram.copyToDistributionPrefix !== undefined)
          this.addCopy(context, 0, length)
        return
      case 's':
    }
  }

  #addMember(context: number, member: string): void {
    const length = Buffer.byteLength(member)
    const bytes = new Uint8Array(length + 4)
    bytes.set(Buffer.from(member))
    this.#member.take(new PacketMemories().of(bytes), 0, length)
    this.#parts.adder.addMember(context, this.#member.high, this.#member.low)
  }

  #takeFault(fault: MessageFault): number {
    const { tally, complaints } = this.#parts
    if (fault.of === 'metric') tally.badMetrics += 1
    else if (fault.of === 'event') tally.badEvents += 1
    else tally.badServiceChecks += 1
    complaints.add({ sentence: fault.sentence, reason: fault.reason })
    return unknown
  }

  #takeHappening(message: EventMessage | ServiceCheckMessage, sender: number): number {
    const { tally, maker, happenings, clock } = this.#parts
    const split = splitMagicTags(message.tags)
    const originId = maker.originOf(message, split, sender)
    const received = receiveHappening(message, { originId, timeMs: clock(), split })
    if (!happenings.add(received)) tally.happeningsFull += 1
    else if (message.kind === 'event') tally.events += 1
    else tally.serviceChecks += 1
    return unknown
  }
}
