import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeBlock, makeOrigin } from '../../../test/agent/log-blocks.ts'
import type { LogBlock } from '../../model/log-block.ts'
import { logLevels, logOutputs } from '../../model/log-level.ts'
import { BlockWriter } from './block-writer.ts'
import { decodeJsonLogs } from './decode-json-logs.ts'
import { encodeJsonLogs, type JsonLogs } from './encode-json-logs.ts'

const wide = { lines: 1000, bytes: 5_000_000 }

interface Line {
  readonly message: string | Buffer
  readonly level?: (typeof logLevels)[number]
  readonly output?: (typeof logOutputs)[number]
  readonly attributes?: string
}

function blockOf(line: Line, tags: readonly string[] = ['env:test', 'team:shop']): LogBlock {
  const writer = new BlockWriter({ messageBytes: 1024, lines: 16 })
  writer.begin(makeOrigin({ tags }), 1n)
  const { message, level = 'unknown', output = '', attributes = '' } = line
  const bytes = Buffer.from(message)
  const at = { start: 0, end: bytes.length, timeNs: 1_795_189_550_123_999_999n, position: 0 }
  const place = logOutputs.indexOf(output)
  writer.append({ bytes, ...at, output: place }, logLevels.indexOf(level), attributes)
  return writer.take()
}

function linesIn({ body }: JsonLogs): readonly Record<string, unknown>[] {
  return JSON.parse(body.toString())
}

function encodeLine(line: Line, tags?: readonly string[]): Record<string, unknown> {
  const [first] = [...encodeJsonLogs(blockOf(line, tags), wide)].flatMap(linesIn)
  return first ?? {}
}

describe('encodeJsonLogs()', () => {
  test('writes the names of the intake, times in milliseconds', () => {
    assert.deepEqual(encodeLine({ message: 'größe "€"', level: 'warn' }), {
      message: 'größe "€"',
      status: 'warn',
      timestamp: 1_795_189_550_123,
      hostname: 'box-1',
      service: 'web',
      ddsource: 'nginx',
      ddtags: 'env:test,team:shop',
    })
  })

  for (const [level, output, status] of [
    ['critical', 'stdout', 'critical'],
    ['unknown', 'stderr', 'error'],
    ['unknown', 'stdout', 'info'],
    ['unknown', '', 'info'],
  ] as const)
    test(`calls ${level} on ${output || 'no output'} ${status}`, () => {
      assert.equal(encodeLine({ message: 'a', level, output })['status'], status)
    })

  const messages = [
    ['text', 'a b', '', 'a b'],
    ['JSON that was taken apart', 'a "b"', '{"pid":"7"}', '{"message":"a \\"b\\"","pid":"7"}'],
    ['JSON without a message', '{"n":1.50}', '{"n":"1.5"}', '{"n":1.50}'],
    ['logfmt', 'level=warn k=v', '{"level":"warn","k":"v"}', 'level=warn k=v'],
  ] as const
  for (const [what, message, attributes, expected] of messages)
    test(`sends ${what} as it was printed`, () => {
      assert.equal(encodeLine({ message, attributes })['message'], expected)
    })

  for (const [tags, expected] of [
    [['env:test'], 'env:test,truncated:single_line,multiline:regex'],
    [[], 'truncated:single_line,multiline:regex'],
  ] as const)
    test(`tags what was cut or joined, beside ${tags.length} other tags`, () => {
      const attributes = '{"truncated":"single_line","multiline":"regex"}'
      const line = encodeLine({ message: 'a', attributes }, tags)
      assert.deepEqual([line['message'], line['ddtags']], ['a', expected])
    })

  test('sends bytes that are no UTF-8 as marks', () => {
    const message = Buffer.from([0x61, 0xff, 0x62, 0x00])
    assert.equal(encodeLine({ message })['message'], 'a\ufffdb\0')
  })

  test('begins a new body after so many lines, and in one before so many bytes', () => {
    const block = makeBlock(Array.from({ length: 10 }, (_line, at) => `line ${at}`))
    const counts = (limits: { lines: number; bytes: number }): number[] =>
      [...encodeJsonLogs(block, limits)].map((logs) => {
        assert.equal(linesIn(logs).length, logs.lineCount)
        assert.ok(logs.lineCount === 1 || logs.body.length <= limits.bytes)
        return logs.lineCount
      })
    assert.deepEqual(counts(wide), [10])
    assert.deepEqual(counts({ lines: 4, bytes: 5_000_000 }), [4, 4, 2])
    const [first] = [...encodeJsonLogs(block, { lines: 3, bytes: 5_000_000 })]
    assert.deepEqual(counts({ lines: 1000, bytes: first?.body.length ?? 0 })[0], 3)
    assert.deepEqual(counts({ lines: 1000, bytes: 10 }), Array<number>(10).fill(1))
  })

  test('tells the time of the last line', () => {
    const [first] = [...encodeJsonLogs(makeBlock(['a', 'b']), wide)]
    assert.equal(first?.timeMs, 1_795_189_550_000)
  })

  test('makes no body of no lines', () => {
    assert.deepEqual([...encodeJsonLogs(makeBlock([]), wide)], [])
  })

  test('is read by our own intake as it was meant', () => {
    const [logs] = [...encodeJsonLogs(blockOf({ message: 'a', level: 'error' }), wide)]
    const [read] = decodeJsonLogs(logs?.body ?? Buffer.alloc(0), 'application/json', {})
    assert.deepEqual(
      [read?.message, read?.level, read?.timeMs, read?.origin.service, read?.origin.tags],
      ['a', logLevels.indexOf('error'), 1_795_189_550_123, 'web', ['env:test', 'team:shop']],
    )
  })
})
