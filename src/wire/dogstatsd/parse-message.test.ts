import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomBytes } from '../../../test/dogstatsd/random-bytes.ts'
import { newSeed, Random } from '../../../test/dogstatsd/random.ts'
import { datagrams } from './cases/datagrams.ts'
import type { Outcome } from './cases/outcome.ts'
import type { Message, MessageFault } from './message.ts'
import { parseMessage } from './parse-message.ts'
import { splitLines } from './split-lines.ts'

describe('parseMessage()', () => {
  for (const [datagram, expected, about] of datagrams)
    test(`${about}: ${JSON.stringify(datagram.toString().slice(0, 80))}`, () => {
      const packet = typeof datagram === 'string' ? Buffer.from(datagram) : datagram
      assert.deepEqual(readPacket(packet), [expected].flat())
    })

  test('knows at least 150 cases, each once', () => {
    const different = new Set(datagrams.map(([datagram]) => Buffer.from(datagram).toString('hex')))
    assert.equal(different.size, datagrams.length)
    assert.ok(datagrams.length >= 150)
  })

  test('reads neither times nor origins where they are not wanted', () => {
    const options = { readsTimes: false, readsOrigin: false }
    const message = parseMessage(Buffer.from('a:1|g|Tx|c:in-1|e:cn-x|card:low|#y'), options)
    assert.deepEqual(message, parseMessage(Buffer.from('a:1|g|#y')))
  })

  test('stays alive on any bytes, and gives nothing but what its types say', () => {
    const random = new Random(newSeed())
    for (let round = 0; round < 10_000; round += 1) {
      const bytes = randomBytes(random)
      const seen = `bytes ${round} of seed ${random.seed}: ${bytes.toString('hex')}`
      for (const line of [bytes, ...splitLines(bytes).lines])
        assert.doesNotThrow(() => checkShape(parseMessage(line)), seen)
    }
  })

  test('reads a line of any length in a time that grows with it', () => {
    const digits = '1'.repeat(300_000)
    const lines = [`a:${digits}x|g`, `a:0x${digits}|g`, `a:1|g|T${digits}x`, `a:1|c|@${digits}_`]
    const others = [`_e{${digits},1}:a|b`, `_sc|a|0|d:${digits}`, `a:${'_1'.repeat(150_000)}|g`]
    const startedMs = performance.now()
    for (const line of [...lines, ...others]) parseMessage(Buffer.from(line))
    assert.ok(performance.now() - startedMs < 2000)
  })

  test('tells what was seen, and no more than 100 characters of it', () => {
    const fault = parseMessage(Buffer.from(`${'é'.repeat(300)}:1`))
    assert.equal(
      fault.kind === 'fault' && fault.sentence,
      `Metric "${'é'.repeat(100)}…" has no type`,
    )
  })
})

function checkShape(message: Message | MessageFault): void {
  if (message.kind === 'fault') {
    assert.ok(message.sentence.length < 400)
    return
  }
  assert.ok(message.tags.every((tag) => tag !== '' && !/[,|]/.test(tag)))
  if (message.timestampS !== undefined) assert.ok(Number.isSafeInteger(message.timestampS))
  if (message.kind !== 'metric') return
  assert.ok(message.name !== '' && message.sampleRate > 0 && message.sampleRate <= 1)
  if (message.type === 's') assert.notEqual(message.member, '')
  else assert.ok(message.values.length > 0 && message.values.every(Number.isFinite))
}

function readPacket(packet: Uint8Array): readonly Outcome[] {
  return splitLines(packet).lines.map((line) => {
    const message = parseMessage(line)
    if (message.kind !== 'fault') return message
    return { kind: message.kind, of: message.of, reason: message.reason }
  })
}
