import type { DogstatsdTransport } from '../../src/component/dogstatsd-settings.ts'
import { mutate, randomBytes } from './random-bytes.ts'
import type { Random } from './random.ts'

/** A packet, and who sent it. */
export interface Datagram {
  readonly bytes: Buffer
  /** A number from 0, which stands for nobody known, up to `senderCount`. */
  readonly sender: number
  readonly transport: DogstatsdTransport
}

/** Containers that packets come from. */
export const senderCount = 3

/** What the names begin with that a test may have rules for. */
export const namePrefixes = { mapped: 'job.', blocked: 'noise.' } as const

/**
 * Datagrams as an agent gets them: few names and tags, so that the same come again and again, in all forms of the grammar,
 * and some that are broken.
 */
export class RandomDatagrams {
  readonly #random: Random
  readonly #brokenShare: number
  readonly #names: readonly string[]
  readonly #tags: readonly string[]
  readonly #tagLists: readonly (readonly string[])[]

  /** @param brokenShare Of all packets, those of which some bytes are changed. */
  constructor(random: Random, brokenShare = 0.03) {
    this.#random = random
    this.#brokenShare = brokenShare
    this.#names = Array.from({ length: 90 }, (_, index) => makeName(random, index))
    this.#tags = Array.from(
      { length: 40 },
      (_, index) => `k${index % 9}:${'v'.repeat(index % 23)}${index}`,
    )
    this.#tagLists = random.list([60, 60], () => random.list([0, 6], () => this.#makeTag()))
  }

  next(): Datagram {
    const random = this.#random
    return {
      bytes: this.#makePacket(),
      sender: random.integer(senderCount + 1),
      transport: random.pick(transports),
    }
  }

  #makePacket(): Buffer {
    const random = this.#random
    if (random.chance(0.01)) return randomBytes(random)
    const lines = random.chance(0.9)
      ? [this.#makeLine()]
      : random.list([2, 6], () => this.#makeLine())
    const end = random.chance(0.95) ? '\n' : random.pick(['\r\n', '\n\n', '\r\n\r\n'])
    const packet = Buffer.from(lines.join(end) + (random.chance(0.3) ? end : ''))
    return random.chance(this.#brokenShare) ? mutate(packet, random) : packet
  }

  #makeLine(): string {
    const random = this.#random
    const kind = random.integer(200)
    if (kind === 0)
      return `_e{5,4}:title|text${this.#makeFields(kind, ['d:9', 'p:low', 't:error', 'h:h'])}`
    if (kind === 1)
      return `_sc|check|${random.integer(5)}${this.#makeFields(kind, ['d:9', 'm:a b', 'h:h'])}`
    // The first names come more often than the last.
    const at = Math.floor(random.fraction() * random.fraction() * this.#names.length)
    const type = random.chance(0.97) ? usualType(at) : random.pick(types)
    const name = this.#names[at] ?? ''
    return `${name}:${this.#makeValue(type)}|${type}${this.#makeFields(at, metricFields)}`
  }

  #makeValue(type: string): string {
    const random = this.#random
    if (type === 's')
      return random.chance(0.9) ? `user-${random.integer(50)}` : `${random.integer(9)}:é`
    if (random.chance(0.85)) return makeNumber(random)
    return random.list([2, 9], () => makeNumber(random)).join(random.chance(0.05) ? '::' : ':')
  }

  #makeFields(at: number, more: readonly string[]): string {
    const random = this.#random
    const fields: string[] = []
    if (random.chance(0.25)) fields.push(`@${makeRate(random)}`)
    if (random.chance(0.8)) fields.push(`#${this.#makeTagList(at)}`)
    if (random.chance(0.15)) fields.push(`c:${random.pick(localData)}`)
    if (random.chance(0.02)) fields.push(`e:it-false,cn-web,pu-${random.integer(3)}`)
    if (random.chance(0.02)) fields.push(`card:${random.pick(['low', 'high', 'none', ''])}`)
    if (random.chance(0.04)) fields.push(random.pick(more))
    if (fields.length > 1 && random.chance(0.1)) fields.reverse()
    return fields.map((field) => `|${field}`).join('')
  }

  /** Mostly one of two that the name has. */
  #makeTagList(at: number): string {
    const random = this.#random
    const usual = this.#tagLists[(at * 2 + random.integer(2)) % this.#tagLists.length] ?? []
    const list = random.chance(0.97) ? usual : random.pick(this.#tagLists)
    if (list.length < 2 || random.chance(0.8)) return list.join(',')
    if (random.chance(0.5)) return list.toReversed().join(',')
    return [...list, random.pick(list), ''].join(',')
  }

  #makeTag(): string {
    const random = this.#random
    return random.chance(0.92) ? random.pick(this.#tags) : random.pick(oddTags)
  }
}

const transports = ['udp', 'udp', 'udp', 'udp', 'uds', 'uds', 'uds', 'uds-stream'] as const
const types = ['c', 'g', 'h', 'ms', 'd', 's'] as const
const metricFields = ['T1656581400', 'T1700000000', 'T0', 'x:y', '', '@0.5', '#last', '@', 'c:']
const rates = [
  '0.5',
  '0.1',
  '0.25',
  '1',
  '0.3333',
  '1e-1',
  '.5',
  '0.001',
  '0',
  '-1',
  '2',
  'NaN',
  '1.0',
]
const localData = ['ci-1', 'ci-2', 'in-77', 'cid-3', 'abc', 'ci-1,in-77']
const oddTags = [
  'host:web-1',
  'host:',
  'dd.internal.entity_id:uid-1',
  'dd.internal.entity_id:none',
  'dd.internal.card:high',
  'dd.internal.jmx_check_name:x',
  'été',
  'a b',
  'x',
]

/** Some are so small that weights are at their limits, from 2^31 up; none comes twice, so that no two samples cancel out. */
function makeRate(random: Random): string {
  if (random.chance(0.99)) return random.pick(rates)
  const digits = random.chance(0.5) ? 12 : 320
  return `${1 + random.integer(1_000_000)}e-${9 + random.integer(digits)}`
}

function usualType(at: number): string {
  return types[at % types.length] ?? 'c'
}

/** Names of all lengths, since they are read by words of four bytes. */
function makeName(random: Random, index: number): string {
  const name = `${'app.request.time_'.slice(random.integer(17))}${index}`
  if (index % 20 === 7) return `${namePrefixes.mapped}${name}.run`
  if (index % 20 === 8) return `${namePrefixes.blocked}${name}`
  return name
}

/**
 * Numbers in all forms. Large ones are positive, so that nothing is left of no sum but the errors of its rounding.
 */
function makeNumber(random: Random): string {
  const whole = random.integer(10_000)
  switch (random.integer(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
      return String(random.integer(100))
    case 5:
    case 6:
      return String(whole)
    case 7:
      return `-${random.integer(100)}`
    case 8:
    case 9:
      return `${whole}.${random.integer(1000)}`
    case 10:
      return `0.${random.integer(1000)}`
    case 11:
      return String(random.fraction() * 1000)
    case 12:
      return `${whole}${random.integer(1e9)}.${random.integer(1e9)}${random.integer(1e9)}`
    case 13:
      return `${whole}e${random.integer(12) - 8}`
    case 14:
      return `+${whole}`
    default:
      return random.chance(0.8) ? String(whole) : random.pick(oddNumbers)
  }
}

const oddNumbers = [
  ['007', '-0', '.5', '5.', '1E2', '1e-400', '1e300', '5e-324', '12345678901234567890', '0x1p4'],
  ['1_000', 'NaN', 'inf', '-Infinity', '1e400', 'abc', '', ' 1', '1 ', '1.2.3', '0x10', '--1'],
].flat()
