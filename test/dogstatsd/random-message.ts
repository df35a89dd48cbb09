import { metricSymbols, type Message } from '../../src/wire/dogstatsd/message.ts'
import { maxUnixTimeS } from '../../src/wire/dogstatsd/parse-unix-time.ts'
import type { Random } from './random.ts'

/**
 * Any message that a client can send: all texts that the grammar has a way to write, all finite numbers. Texts have no
 * backslash, since a client that masks a line end as `\n` cannot mask that.
 */
export function randomMessage(random: Random): Message {
  const kind = random.pick(['metric', 'event', 'service-check'] as const)
  if (kind === 'metric') return randomMetric(random)
  const common = { ...randomCommon(random), host: maybe(random, () => randomText(random, '|\n')) }
  if (kind === 'event') {
    return {
      ...common,
      kind,
      title: randomText(random),
      text: random.chance(0.2) ? '' : randomText(random),
      aggregationKey: maybe(random, () => randomText(random, '|\n')),
      sourceType: maybe(random, () => randomText(random, '|\n')),
      priority: random.pick(['normal', 'low']),
      alertType: random.pick(['error', 'warning', 'info', 'success']),
    }
  }
  return {
    ...common,
    kind,
    name: randomText(random, '|\n'),
    status: random.pick([0, 1, 2, 3]),
    message: maybe(random, () => randomText(random, '|')),
  }
}

function randomMetric(random: Random): Message {
  const common = {
    ...randomCommon(random),
    kind: 'metric',
    name: randomText(random, ':|\n_'),
    sampleRate: random.chance(0.5) ? 1 : 1 - random.fraction(),
  } as const
  const type = random.pick(metricSymbols)
  if (type === 's') return { ...common, type, member: randomText(random, '|\n') }
  return { ...common, type, values: random.list([1, 5], () => randomNumber(random)) }
}

function randomCommon(random: Random) {
  return {
    timestampS: maybe(random, () => 1 + random.integer(maxUnixTimeS)),
    tags: random.list([0, 4], () => randomText(random, ',|\n')),
    localData: maybe(random, () => randomText(random, '|\n')),
    externalData: maybe(random, () => randomText(random, '|\n')),
    cardinality: maybe(random, () => randomText(random, '|\n')),
  }
}

function maybe<Value>(random: Random, make: () => Value): Value | undefined {
  return random.chance(0.5) ? undefined : make()
}

const usual = 'abcdefghijklmnopqrstuvwxyz0123456789_.-:,|#@T \t\r\n{}'.split('')

/** At least one character: most of them such as mean something in the grammar, others from all of Unicode. */
function randomText(random: Random, without = ''): string {
  const characters = random.list([1, 12], () =>
    random.chance(0.8) ? random.pick(usual) : randomCharacter(random),
  )
  return characters.map((character) => (without.includes(character) ? 'x' : character)).join('')
}

function randomCharacter(random: Random): string {
  const point = random.integer(0x10_ff_ff)
  const isSurrogate = point >= 0xd8_00 && point <= 0xdf_ff
  return isSurrogate || point === 0x5c ? '?' : String.fromCodePoint(point)
}

const bits = new DataView(new ArrayBuffer(8))

/** Of all finite numbers, and of those that are usual. */
export function randomNumber(random: Random): number {
  if (random.chance(0.3)) return random.integer(1000)
  if (random.chance(0.3)) return (random.integer(2_000_000) - 1_000_000) / 1000
  bits.setUint32(0, random.integer(2 ** 32))
  bits.setUint32(4, random.integer(2 ** 32))
  const number = bits.getFloat64(0)
  return Number.isFinite(number) ? number : 0
}
