import { formatMessage } from '../../src/wire/dogstatsd/format-message.ts'
import { randomMessage } from './random-message.ts'
import type { Random } from './random.ts'

/** Bytes that may come from anybody: without any order, of pieces of messages, or messages with some bytes changed. */
export function randomBytes(random: Random): Buffer {
  switch (random.integer(3)) {
    case 0:
      return Buffer.from(random.list([0, 60], () => random.integer(256)))
    case 1:
      return Buffer.from(random.list([0, 12], () => random.pick(pieces)).join(''), 'latin1')
    default:
      return mutate(Buffer.from(formatMessage(randomMessage(random))), random)
  }
}

const pieces = [
  ['a', 'b.c', '\xff', '\0', ' ', '\r', '\n', '\\n', 'm\\:', ',', '_', '-', '+', '.'],
  [':', ':', ':', '|', '|', '|', '|g', '|c', '|h', '|ms', '|d', '|s'],
  ['1', '0.5', '-7', '1e3', '1e999', 'NaN', '-inf', '0x', '0x1p', '1_0', '9'.repeat(40)],
  ['|@', '|#', '|T', '|c:', '|e:', '|card:', '|d:', '|h:', '|k:', '|p:', '|s:', '|t:', '|m:'],
  [
    '_e{',
    '_e{1,1}:',
    '_e{5,4}:',
    '_sc',
    '_sc|',
    '{',
    '}',
    'host:',
    'dd.internal.card:',
    'ci-',
    'in-',
  ],
].flat()

const separators = Buffer.from(':|#@,T_\n')

/** Some bytes changed, taken out or put in, as broken memory and broken clients do. */
export function mutate(bytes: Uint8Array, random: Random): Buffer {
  const changed = [...bytes]
  for (let times = random.integer(4); times >= 0; times -= 1) {
    const at = random.integer(changed.length + 1)
    const byte = random.chance(0.5) ? random.integer(256) : random.pick([...separators])
    changed.splice(at, random.integer(3), ...(random.chance(0.7) ? [byte] : []))
  }
  return Buffer.from(changed)
}
