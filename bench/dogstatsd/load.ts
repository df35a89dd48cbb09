/** What one sending process sends. Plain data: it is handed over as JSON. */
export interface Load {
  readonly to:
    | { readonly kind: 'udp'; readonly port: number }
    | { readonly kind: 'uds'; readonly path: string }
  /** `packed`: as many metrics as go into 1432 bytes, some 20; else one in each packet. */
  readonly isPacked: boolean
  /** How many names with tags there are. */
  readonly contexts: number
  /** `etsy`: without tags, which are part of the name then; no histograms and distributions. */
  readonly format: 'dogstatsd' | 'etsy'
  /** Whether each packet begins with a counter of its own, so that packets that are read can be counted in the end. */
  readonly hasTickets?: boolean
  /** 0: as many as go. */
  readonly packetsPerS: number
  readonly durationMs: number
  /** Whether to wait for the receiver; else what it has no room for is thrown away, as most clients do. */
  readonly isPatient: boolean
}

/** What a sending process tells in the end. */
export interface Sent {
  /** Those that the kernel took. */
  readonly packets: number
  readonly metrics: number
  /** Sum of all counters in them, each divided by its sample rate. */
  readonly counted: number
  /** Packets that the kernel had no room for. */
  readonly refused: number
  readonly seconds: number
  readonly cpuSeconds: number
}

/** Packets, one behind the other, and what is in each. */
export interface Packets {
  readonly bytes: Buffer
  /** Packet `i` reaches from `ends[i - 1]`, 0 for the first, up to `ends[i]`. */
  readonly ends: Int32Array
  readonly metrics: Int32Array
  readonly counted: Float64Array
}

/** The counter of packets. */
export const ticket = 'bench.packets'
/** What fits into one frame of Ethernet over IPv4, as clients reckon. */
const packedBytes = 1432
const leastLines = 20_000
/** Prime, so that lines walk through all contexts in no order that a cache would like. */
const stride = 7919

/** Of eight metrics three are counters. The second one is sampled. */
const metrics = [
  { name: 'app.request.duration', type: 'd' },
  { name: 'app.request.count', type: 'c' },
  { name: 'db.query.time', type: 'ms' },
  { name: 'cache.hits', type: 'c' },
  { name: 'queue.depth', type: 'g' },
  { name: 'http.server.response_size', type: 'h' },
  { name: 'users.unique', type: 's' },
  { name: 'jobs.processed', type: 'c' },
] as const
const environments = ['prod', 'staging']
const services = ['web', 'api', 'auth', 'billing', 'search']
const endpoints = ['/users', '/orders', '/login', '/cart', '/items']

/** Names of the counters whose sum is `Sent.counted`; in the format `etsy` they are the beginnings of names. */
export const counterNames: readonly string[] = metrics
  .filter(({ type }) => type === 'c')
  .map(({ name }) => name)

/** All packets of a load; a sender begins again when it has sent the last one. Each context is in them four times at least. */
export function makePackets({ isPacked, contexts, format, hasTickets = false }: Load): Packets {
  const lineCount = Math.max(leastLines, contexts * 4)
  const packets: Line[][] = []
  let size = Infinity
  for (let at = 0; at < lineCount; at += 1) {
    const line = makeLine((at * stride) % contexts, at, format)
    size += line.text.length + 1
    if (!isPacked || size > packedBytes + 1) {
      packets.push(hasTickets ? [ticketLine] : [])
      size = line.text.length + 1 + (hasTickets ? ticketLine.text.length + 1 : 0)
    }
    packets.at(-1)?.push(line)
  }
  const texts = packets.map((lines) => lines.map(({ text }) => text).join('\n'))
  let end = 0
  return {
    bytes: Buffer.from(texts.join('')),
    ends: Int32Array.from(texts, ({ length }) => (end += length)),
    metrics: Int32Array.from(packets, ({ length }) => length),
    counted: Float64Array.from(packets, (lines) =>
      lines.reduce((sum, { counted }) => sum + counted, 0),
    ),
  }
}

interface Line {
  readonly text: string
  readonly counted: number
}

const ticketLine: Line = { text: `${ticket}:1|c`, counted: 0 }

function makeLine(context: number, at: number, format: Load['format']): Line {
  const { name, type } = pick(metrics, context)
  const value = makeValue(type, at)
  const environment = pick(environments, context >> 3)
  const service = pick(services, context >> 4)
  if (format === 'etsy') {
    const known = type === 'd' || type === 'h' ? 'ms' : type
    const text = `${name}.${environment}.${service}.c${context}:${value}|${known}`
    return { text, counted: type === 'c' ? Number(value) : 0 }
  }
  const isSampled = name === 'app.request.count'
  const endpoint = `${pick(endpoints, Math.floor(context / 80))}/${context}`
  const tags = `env:${environment},service:${service},endpoint:${endpoint}`
  const text = `${name}:${value}|${type}${isSampled ? '|@0.5' : ''}|#${tags}`
  return { text, counted: type === 'c' ? Number(value) * (isSampled ? 2 : 1) : 0 }
}

function makeValue(type: (typeof metrics)[number]['type'], at: number): string {
  switch (type) {
    case 'c':
      return String(1 + (at % 5))
    case 's':
      return `user${at % 1000}`
    case 'g':
      return String(at % 5000)
    case 'd':
    case 'h':
    case 'ms':
      return `${(at * 7) % 500}.${at % 10}`
  }
}

function pick<T>(list: readonly [T, ...T[]] | readonly T[], at: number): T {
  const picked = list[at % list.length]
  if (picked === undefined) throw new Error('Cannot pick from an empty list')
  return picked
}
