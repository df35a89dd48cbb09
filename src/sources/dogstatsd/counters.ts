/** What is counted while receiving, from the start; each has its place in memory that worker and agent share. */
export const counterNames = [
  'udp.packets',
  'udp.bytes',
  'udp.kernel_drops',
  'uds.packets',
  'uds.bytes',
  'uds_stream.packets',
  'uds_stream.bytes',
  'uds_stream.connections',
  'packets.truncated',
  'origin.unknown_process',
  'samples',
  'events',
  'service_checks',
  'bad.metric',
  'bad.event',
  'bad.service_check',
  'bad.unterminated',
  'bad.frame',
  'dropped.connections_full',
  'dropped.contexts_full',
  'dropped.set_members_full',
  'dropped.bins_full',
  'dropped.happenings_full',
  'dropped.blocklist',
  'dropped.timed_type',
  'forward.packets',
  'forward.failed',
  'contexts',
  'longest_pause_us',
] as const

export type CounterName = (typeof counterNames)[number]

/** The shared counters; one writer, any readers. Numbers up to 2^53. */
export class Counters {
  readonly buffer: SharedArrayBuffer
  readonly #values: Float64Array

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(counterNames.length * 8)) {
    this.buffer = buffer
    this.#values = new Float64Array(buffer)
  }

  add(name: CounterName, by: number): void {
    const place = placeOf(name)
    this.#values[place] = (this.#values[place] ?? 0) + by
  }

  set(name: CounterName, value: number): void {
    this.#values[placeOf(name)] = value
  }

  get(name: CounterName): number {
    return this.#values[placeOf(name)] ?? 0
  }
}

const places: ReadonlyMap<string, number> = new Map(
  counterNames.map((name, place) => [name, place]),
)

function placeOf(name: CounterName): number {
  return places.get(name) ?? 0
}
