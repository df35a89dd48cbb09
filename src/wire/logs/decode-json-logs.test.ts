import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { logLevels } from '../../model/log-level.ts'
import { WireError } from '../wire-error.ts'
import { decodeJsonLogs, type JsonLog } from './decode-json-logs.ts'
import type { LogDefaults } from './json-origins.ts'

const id = 'ab'.repeat(32)

describe('decodeJsonLogs()', () => {
  test('reads what an agent sends', () => {
    const [log] = decode([
      {
        message: 'GET /',
        status: 'error',
        timestamp: 1_700_000_000_123,
        hostname: 'h1',
        service: 'web',
        ddsource: 'nginx',
        ddtags: `env:prod,container_id:${id},container_name:web-1,image_name:nginx,image_tag:1.2,env:prod`,
      },
    ])
    assert.deepEqual(log, {
      origin: {
        host: 'h1',
        containerId: id,
        containerName: 'web-1',
        image: 'nginx:1.2',
        service: 'web',
        source: 'nginx',
        tags: [
          'env:prod',
          `container_id:${id}`,
          'container_name:web-1',
          'image_name:nginx',
          'image_tag:1.2',
        ],
      },
      timeMs: 1_700_000_000_123,
      level: logLevels.indexOf('error'),
      message: 'GET /',
      attributes: '',
    })
  })

  test('reads an object alone', () => {
    assert.deepEqual(messagesOf(decode({ message: 'one' })), ['one'])
  })

  test('finds nothing in the empty object by which an agent tries the route', () => {
    assert.deepEqual(decode({}), [])
    assert.deepEqual(decode([]), [])
  })

  test('takes level and attributes from a message that is JSON, and keeps it as it is', () => {
    const message = '{ "level": "warn", "http": {"status": 500, "list": [1]}, "none": null }'
    const [log] = decode({ message, status: 'info', extra: true })
    assert.equal(log?.message, message)
    assert.equal(logLevels[log?.level ?? 0], 'warn')
    assert.deepEqual(JSON.parse(log?.attributes ?? ''), {
      extra: 'true',
      'http.status': '500',
      'http.list': '[1]',
    })
  })

  test('keeps a log without a message as its JSON', () => {
    const [log] = decode({ a: 'b', service: 'web' })
    assert.equal(log?.message, '{"a":"b","service":"web"}')
    assert.equal(log?.attributes, '{"a":"b"}')
  })

  test('says of a log what the address says, where it does not say so itself', () => {
    const defaults = { hostname: 'h', service: 's', ddsource: 'x', ddtags: 'a:1, b:2' }
    const [first, second] = decode(
      [{ message: '' }, { message: '', host: 'h2', service: 's2', ddtags: ['b:2', 'c:3'] }],
      defaults,
    )
    assert.deepEqual(pick(first), ['h', 's', 'x', 'a:1', 'b:2'])
    assert.deepEqual(pick(second), ['h2', 's2', 'x', 'a:1', 'b:2', 'c:3'])
  })

  test('gives logs that say the same of themselves one origin', () => {
    const [first, second, third] = decode([
      { message: '1', service: 'a' },
      { message: '2', service: 'a' },
      { message: '3', service: 'b' },
    ])
    assert.equal(first?.origin, second?.origin)
    assert.notEqual(first?.origin, third?.origin)
  })

  test('takes each line of a text for a log', () => {
    const logs = decodeJsonLogs(Buffer.from('one\r\n\n{"level":"error"}\n'), 'text/plain', {
      service: 's',
    })
    assert.deepEqual(messagesOf(logs), ['one', '{"level":"error"}'])
    assert.equal(logs[1]?.origin.service, 's')
    assert.equal(logLevels[logs[1]?.level ?? 0], 'error')
  })

  const times: readonly (readonly [unknown, number | undefined])[] = [
    [1_700_000_000_000, 1_700_000_000_000],
    ['1700000000000', 1_700_000_000_000],
    ['2023-11-14T22:13:20.5Z', 1_700_000_000_500],
    ['yesterday', undefined],
    [-1, undefined],
    [1e30, undefined],
    [{}, undefined],
    ['', undefined],
  ]
  for (const [given, timeMs] of times)
    test(`takes the time ${JSON.stringify(given)} for ${timeMs}`, () => {
      assert.equal(decode({ message: '', '@timestamp': given })[0]?.timeMs, timeMs)
    })

  test('bounds what one log can hold', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]))
    const [log] = decode({ message: '', ...many })
    const attributes = JSON.parse(log?.attributes ?? '')
    assert.equal(Object.keys(attributes).length, 101)
    assert.equal(attributes['vigie.attributes_left_out'], '900')
    const depth = 1000
    const deep = `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const [deepLog] = decodeJsonLogs(Buffer.from(deep), 'application/json', {})
    assert.equal(
      Object.keys(JSON.parse(deepLog?.attributes ?? ''))[0],
      'a.'.repeat(20).slice(0, -1),
    )
  })

  test('reads JSON in messages up to 8 MiB of a body, and leaves the rest as text', () => {
    const message = JSON.stringify({ service: 'inner', text: 'x'.repeat(3 * 1024 * 1024) })
    const logs = decode(Array.from({ length: 3 }, () => ({ message, status: 'info' })))
    assert.deepEqual(
      logs.map(({ attributes }) => attributes !== ''),
      [true, true, false],
    )
    assert.equal(logs[2]?.message, message)
  })

  test('refuses more logs than anybody sends', () => {
    for (const [body, mediaType] of [
      ['a\n'.repeat(200_001), 'text/plain'],
      [`[${'{"a":1},'.repeat(200_000)}{"a":1}]`, 'application/json'],
    ] as const)
      assert.throws(() => decodeJsonLogs(Buffer.from(body), mediaType, {}), /more than 200000; send fewer at once/) // prettier-ignore
  })

  for (const body of ['', '[', '[1]', '[null]', '"text"', '[[]]'])
    test(`refuses the body ${body}`, () => {
      assert.throws(() => decodeJsonLogs(Buffer.from(body), 'application/json', {}), WireError)
    })
})

function decode(body: unknown, defaults: LogDefaults = {}): JsonLog[] {
  return decodeJsonLogs(Buffer.from(JSON.stringify(body)), 'application/json', defaults)
}

function messagesOf(logs: readonly JsonLog[]): string[] {
  return logs.map((log) => log.message)
}

function pick(log: JsonLog | undefined): readonly string[] {
  assert.ok(log)
  const { host, service, source, tags } = log.origin
  return [host, service, source, ...tags]
}
