import type { InterfaceTraffic } from '../../../cgroup/parse-net-dev.ts'
import { Counters } from './counters.ts'
import { addCapped, type CappedSeries, type Pass, type SeriesMaker } from './container-series.ts'

/** One Docker network, to which several interfaces may lead. */
interface Network {
  readonly receivedSeries: CappedSeries
  readonly sentSeries: CappedSeries
  received: number | undefined
  sent: number | undefined
}

interface NetworkInterface {
  readonly name: string
  /** Number of its first counter. */
  readonly first: number
  network: Network
}

/** `docker.net.*`: bytes by Docker network, every interface counted once. */
export class DockerNetFigures {
  readonly #series: SeriesMaker
  readonly #networkOf: (interfaceName: string) => string
  readonly #networks = new Map<string, Network>()
  readonly #counters = new Counters()
  #counterCount = 0
  #interfaces: readonly NetworkInterface[] = []

  /** @param networkOf Name of the network behind an interface; asked once for each, and again after `forgetNames()`. */
  constructor(series: SeriesMaker, networkOf: (interfaceName: string) => string) {
    this.#series = series
    this.#networkOf = networkOf
  }

  /** Asks for the names anew; the counters go on. */
  forgetNames(): void {
    for (const known of this.#interfaces) known.network = this.#networkBehind(known.name)
  }

  /** @param atMs When the counters were read, monotonic milliseconds. */
  add(interfaces: readonly InterfaceTraffic[], atMs: number, pass: Pass): void {
    if (!isSameList(this.#interfaces, interfaces)) this.#take(interfaces)
    this.#counters.begin(atMs)
    for (let i = 0; i < interfaces.length; i += 1) {
      const [known, traffic] = [this.#interfaces[i], interfaces[i]]
      if (known === undefined || traffic === undefined) continue
      const { network, first } = known
      const received = this.#counters.perSecond(first, traffic.receivedBytes)
      const sent = this.#counters.perSecond(first + 1, traffic.sentBytes)
      network.received = addUp(network.received, received)
      network.sent = addUp(network.sent, sent)
    }
    for (const { network } of this.#interfaces) {
      addCapped(network.receivedSeries, network.received, pass)
      addCapped(network.sentSeries, network.sent, pass)
      network.received = undefined
      network.sent = undefined
    }
  }

  /** Those that are still there go on; those that are gone are forgotten. */
  #take(interfaces: readonly InterfaceTraffic[]): void {
    this.#interfaces = interfaces.map(({ name }) => {
      const known = this.#interfaces.find((other) => other.name === name)
      if (known !== undefined) return known
      const first = this.#counterCount
      this.#counterCount += 2
      return { name, first, network: this.#networkBehind(name) }
    })
  }

  #networkBehind(interfaceName: string): Network {
    const name = this.#networkOf(interfaceName)
    const known = this.#networks.get(name)
    if (known !== undefined) return known
    const tags = [`docker_network:${name}`]
    const network = {
      receivedSeries: this.#series.makeCapped('docker.net.bytes_rcvd', tags),
      sentSeries: this.#series.makeCapped('docker.net.bytes_sent', tags),
      received: undefined,
      sent: undefined,
    }
    this.#networks.set(name, network)
    return network
  }
}

const containerNetMetrics = {
  'container.net.rcvd': 'receivedBytes',
  'container.net.rcvd.packets': 'receivedPackets',
  'container.net.rcvd.errors': 'receiveErrors',
  'container.net.rcvd.drops': 'receiveDrops',
  'container.net.sent': 'sentBytes',
  'container.net.sent.packets': 'sentPackets',
  'container.net.sent.errors': 'sendErrors',
  'container.net.sent.drops': 'sendDrops',
} as const satisfies Readonly<Record<string, Exclude<keyof InterfaceTraffic, 'name'>>>

const containerNetEntries = Object.entries(containerNetMetrics)

interface CountedInterface {
  readonly name: string
  /** Number of its first counter. */
  readonly first: number
  readonly series: readonly CappedSeries[]
}

/** `container.net.*`: everything that is counted, by interface. */
export class ContainerNetFigures {
  readonly #series: SeriesMaker
  readonly #counters = new Counters()
  #counterCount = 0
  #interfaces: readonly CountedInterface[] = []

  constructor(series: SeriesMaker) {
    this.#series = series
  }

  /** @param atMs When the counters were read, monotonic milliseconds. */
  add(interfaces: readonly InterfaceTraffic[], atMs: number, pass: Pass): void {
    if (!isSameList(this.#interfaces, interfaces)) this.#take(interfaces)
    this.#counters.begin(atMs)
    for (const [index, traffic] of interfaces.entries()) {
      const { first, series } = this.#interfaces[index] ?? { first: 0, series: [] }
      for (const [i, capped] of series.entries()) {
        const field = containerNetEntries[i]?.[1] ?? 'receivedBytes'
        addCapped(capped, this.#counters.perSecond(first + i, traffic[field]), pass)
      }
    }
  }

  #take(interfaces: readonly InterfaceTraffic[]): void {
    this.#interfaces = interfaces.map(({ name }) => {
      return this.#interfaces.find((known) => known.name === name) ?? this.#open(name)
    })
  }

  #open(name: string): CountedInterface {
    const tags = [`interface:${name}`]
    const series = containerNetEntries.map(([metric]) => this.#series.makeCapped(metric, tags))
    const first = this.#counterCount
    this.#counterCount += series.length
    return { name, first, series }
  }
}

function isSameList(
  known: readonly { readonly name: string }[],
  seen: readonly { readonly name: string }[],
): boolean {
  if (known.length !== seen.length) return false
  for (let i = 0; i < known.length; i += 1) if (known[i]?.name !== seen[i]?.name) return false
  return true
}

function addUp(sum: number | undefined, rate: number | undefined): number | undefined {
  if (rate === undefined) return sum
  return sum === undefined ? rate : sum + rate
}
