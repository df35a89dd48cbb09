import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeBlock, makeOrigin } from '../../../test/agent/log-blocks.ts'
import { logLevels } from '../../model/log-level.ts'
import { BlockWriter } from '../logs/block-writer.ts'
import { decodeProto } from './decode-proto.ts'
import { encodeLogs } from './encode-logs.ts'
import { logsRequest, type Attribute, type ResourceLogs } from './messages.ts'
import { severityLevel } from './severity-level.ts'

const scope = { name: 'vigie', version: '1.2.3' }

/** As our own intake reads it. */
function roundTrip(block: Parameters<typeof encodeLogs>[0]): readonly ResourceLogs[] {
  return decodeProto(encodeLogs(block, scope), logsRequest, 'the OTLP logs').resourceLogs
}

function valuesOf(attributes: readonly Attribute[] = []): unknown {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, value]))
}

describe('encodeLogs()', () => {
  test('says for each run of lines whose they are', () => {
    const resources = roundTrip(makeBlock(['a', 'b', 'c'], { linesOfARun: 2 }))
    assert.deepEqual(
      resources.map(({ scopeLogs }) => scopeLogs[0]?.logRecords.map(({ body }) => body)),
      [['a', 'b'], ['c']],
    )
    const origin = makeOrigin()
    assert.deepEqual(valuesOf(resources[0]?.resource?.attributes), {
      env: 'test',
      'host.name': 'box-1',
      'service.name': 'web',
      'container.id': origin.containerId,
      'container.name': 'web-0',
      'container.image.name': 'nginx:1',
      'vigie.source': 'nginx',
    })
  })

  test('keeps time, output and attributes of a line', () => {
    const records = roundTrip(makeBlock(['a', 'b']))[0]?.scopeLogs[0]?.logRecords
    assert.deepEqual(
      records?.map(({ timeUnixNano, attributes }) => [timeUnixNano, valuesOf(attributes)]),
      [
        [1_795_189_550_000_000_000n, { 'log.iostream': 'stdout' }],
        [1_795_189_550_000_000_001n, { line: '1', 'log.iostream': 'stderr' }],
      ],
    )
  })

  test('keeps each level over there and back', () => {
    const records = roundTrip(
      makeBlock(
        logLevels.map((level) => level),
        { linesOfARun: 99 },
      ),
    )[0]?.scopeLogs[0]?.logRecords
    assert.deepEqual(
      records?.map(({ severityNumber, severityText }) =>
        logLevels.at(severityLevel(severityNumber, severityText)),
      ),
      [...logLevels],
    )
  })

  test('replaces bytes that are no UTF-8', () => {
    const writer = new BlockWriter({ messageBytes: 64, lines: 4 })
    const bytes = Buffer.from([0x61, 0xff, 0x62])
    writer.begin(makeOrigin(), 1n)
    writer.append({ bytes, start: 0, end: 3, timeNs: 5n, position: 0, output: 0 }, 0, '')
    const [record] = roundTrip(writer.take())[0]?.scopeLogs[0]?.logRecords ?? []
    assert.equal(record?.body, 'a\uFFFDb')
    assert.deepEqual(record.attributes, [])
  })

  test('is empty for a block without lines', () => {
    const empty = new BlockWriter({ messageBytes: 64, lines: 4 }).take()
    assert.deepEqual(roundTrip(empty), [])
  })
})
