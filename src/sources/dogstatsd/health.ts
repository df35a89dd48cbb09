import type { SourceReport, SourceWork } from '../../model/agent-report.ts'
import type { DogstatsdSettings, DogstatsdTransport } from '../../component/dogstatsd-settings.ts'
import type { Counters } from './counters.ts'
import type { ListenState } from './listen/open-listeners.ts'
import type { Loss } from './lost-items.ts'
import type { ReceiverState } from './receive/receiver.ts'
import type { Offender } from './worker-messages.ts'

/** How the source does, for the status. */
export type Health = Pick<SourceReport, 'state' | 'message'> & Pick<SourceWork, 'notes'>

/** What is looked at each time. */
export interface Judged {
  readonly receiver: ReceiverState
  /** Why the worker has failed; absent where it has not. */
  readonly workerFault: string | undefined
  readonly losses: readonly Loss[]
  /** Metrics with most contexts, the worst first; empty while there is room. */
  readonly offenders: readonly Offender[]
  readonly timeMs: number
}

/** A loss is a warning for this long, then it only stays in the notes. */
const freshMs = 60_000
const maxOffenders = 5
const transportNames: Readonly<Record<DogstatsdTransport, string>> = {
  udp: 'UDP',
  uds: 'Unix datagrams at',
  'uds-stream': 'Unix streams at',
}

/** Losses by which whoever runs the agent can do something about, with what. */
const remedies: Readonly<Record<string, string>> = {
  contexts_full:
    'there are as many contexts as vigie.dogstatsd.max_contexts allows, and new ones are dropped',
  set_members_full:
    'sets have more different values than vigie.dogstatsd.max_set_members allows, and further ones are dropped',
  bins_full:
    'distributions need more bins than vigie.dogstatsd.max_bins allows, and values are dropped',
  connections_full:
    'there are as many stream clients as vigie.dogstatsd.max_connections allows, and further ones are closed',
  happenings_full:
    'more events and service checks come than can be handed on, and some are dropped',
  outbox_full: 'the pipeline takes less than comes in, and some of it is dropped',
  udp_kernel:
    'more comes over UDP than can be read, and the kernel drops packets; Unix sockets carry more',
}

/** Judges how receiving goes: the gravest fault is its message, what is good to know its notes. */
export class DogstatsdHealth {
  readonly #settings: DogstatsdSettings
  readonly #counters: Counters
  readonly #lostAtMs = new Map<string, number>()
  #samples = 0
  #samplesAtMs: number | undefined

  constructor(settings: DogstatsdSettings, counters: Counters) {
    this.#settings = settings
    this.#counters = counters
  }

  judge(judged: Judged): Health {
    for (const { reason, added } of judged.losses)
      if (added > 0) this.#lostAtMs.set(reason, judged.timeMs)
    const fault =
      judged.workerFault ?? describeClosed(judged.receiver) ?? this.#describeFreshLoss(judged)
    const notes = this.#describe(judged, fault)
    return fault === undefined
      ? { state: 'running', message: '', notes }
      : { state: 'degraded', message: fault, notes }
  }

  #describeFreshLoss({ timeMs, offenders }: Judged): string | undefined {
    for (const [reason, remedy] of Object.entries(remedies)) {
      const lostAtMs = this.#lostAtMs.get(reason)
      if (lostAtMs === undefined || timeMs - lostAtMs >= freshMs) continue
      const worst = reason === 'contexts_full' ? describeOffenders(offenders) : ''
      return `DogStatsD loses data: ${remedy}${worst === '' ? '' : `; ${worst}`}`
    }
    return undefined
  }

  #describe(
    { receiver, losses, offenders, timeMs }: Judged,
    fault: string | undefined,
  ): readonly string[] {
    const lost = losses.map(({ reason, total }) => `${formatCount(total)} ${reason}`)
    const worst = describeOffenders(offenders)
    return [
      `receiving: ${describeWay(receiver)}`,
      `listening: ${describeOpen(receiver.sockets)}`,
      ...describeExpected(receiver.sockets),
      this.#describeLoad(timeMs),
      ...this.#describeForwarding(),
      ...(lost.length === 0 ? [] : [`lost since the start: ${lost.join(', ')}`]),
      ...(worst === '' ? [] : [worst]),
      ...receiver.warnings.filter((each) => each !== fault).map((each) => `warning: ${each}`),
    ]
  }

  #describeForwarding(): readonly string[] {
    const { forwardTo } = this.#settings
    if (forwardTo === undefined) return []
    const sent = formatCount(this.#counters.get('forward.packets'))
    const failed = formatCount(this.#counters.get('forward.failed'))
    return [`copying to ${forwardTo.host}:${forwardTo.port}: ${sent} packets, ${failed} failed`]
  }

  #describeLoad(timeMs: number): string {
    const { contexts: max } = this.#settings.limits
    const samples = this.#counters.get('samples')
    const elapsedMs = timeMs - (this.#samplesAtMs ?? timeMs)
    const perSecond = elapsedMs > 0 ? ((samples - this.#samples) * 1000) / elapsedMs : 0
    this.#samples = samples
    this.#samplesAtMs = timeMs
    const contexts = formatCount(this.#counters.get('contexts'))
    return `load: ${formatCount(Math.round(perSecond))} samples a second, ${contexts} of ${formatCount(max)} contexts`
  }
}

/** A socket that somebody has asked for is not there. */
function describeClosed({ sockets }: ReceiverState): string | undefined {
  return sockets.find(({ problem }) => problem?.isExpected === false)?.problem?.sentence
}

function describeWay({ way, reason, isAwake }: ReceiverState): string {
  const by =
    way === 'recvmmsg'
      ? 'many packets at a time, by the C library'
      : `one packet at a time and without the processes that sent them, since ${reason}`
  return isAwake ? by : `${by}; no thread runs while nobody sends`
}

function describeOpen(sockets: readonly ListenState[]): string {
  const open = sockets.filter(({ isOpen }) => isOpen)
  if (open.length === 0) return 'nowhere'
  return open.map(({ transport, address }) => `${transportNames[transport]} ${address}`).join(', ')
}

/** Missing, but by default: nobody need do anything. */
function describeExpected(sockets: readonly ListenState[]): readonly string[] {
  return sockets.flatMap(({ problem }) =>
    problem?.isExpected === true ? [`not listening: ${problem.sentence}`] : [],
  )
}

function describeOffenders(offenders: readonly Offender[]): string {
  if (offenders.length === 0) return ''
  const worst = offenders.slice(0, maxOffenders).map(({ name, contexts, dropped }) => {
    return `${name} (${formatCount(contexts)}, ${formatCount(dropped)} samples dropped)`
  })
  return `most contexts: ${worst.join(', ')}`
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}
