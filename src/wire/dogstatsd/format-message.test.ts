import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { randomMessage } from '../../../test/dogstatsd/random-message.ts'
import { newSeed, Random } from '../../../test/dogstatsd/random.ts'
import { count, event, gauge } from './cases/outcome.ts'
import { formatMessage } from './format-message.ts'
import { parseMessage } from './parse-message.ts'

describe('formatMessage()', () => {
  test('writes a metric as the official clients do', () => {
    const fields = {
      sampleRate: 0.5,
      tags: ['env:prod', 'x'],
      localData: 'ci-abc',
      externalData: 'it-false',
      cardinality: 'low',
    }
    const line = 'a:1:2|c|@0.5|#env:prod,x|c:ci-abc|e:it-false|card:low'
    assert.equal(formatMessage(count('a', [1, 2], fields)), line)
  })

  test('writes nothing of what goes without saying', () => {
    assert.equal(formatMessage(gauge('a', 0)), 'a:0|g')
    assert.equal(formatMessage(event('a', 'b')), '_e{1,1}:a|b')
  })

  test('tells the lengths of an event in bytes, with its line ends as two', () => {
    assert.equal(formatMessage(event('été', 'a\nb')), String.raw`_e{5,4}:été|a\nb`)
  })

  test('writes what parseMessage() reads as the same message', () => {
    const random = new Random(newSeed())
    for (let round = 0; round < 5000; round += 1) {
      const message = randomMessage(random)
      const line = formatMessage(message)
      const seen = `message ${round} of seed ${random.seed}: ${JSON.stringify(line)}`
      assert.ok(!line.includes('\n'), seen)
      assert.deepEqual(parseMessage(Buffer.from(line)), message, seen)
    }
  })
})
