import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EntryRun } from '../../../../../test/logs/entry-run.ts'

type Attributes = Readonly<Record<string, string>>

function factsOf(line: string): readonly [message: string, level: string, attributes: Attributes] {
  const run = new EntryRun({ maxMessageBytes: 1e6 }).take(line)
  const [handed] = run.handed
  return [run.texts[0] ?? '', handed?.level ?? '', handed?.attributes ?? {}]
}

describe('readFacts()', () => {
  const cases: readonly (readonly [line: string, message: string, level: string, attributes: Attributes])[] = [
    ['{"level":30,"msg":"a","pid":1}', 'a', 'info', { pid: '1' }],
    ['{"severity":"WARNING","message":"a","msg":"b"}', 'a', 'warn', { msg: 'b' }],
    [' {"status":"error","text":"a"} ', 'a', 'error', {}],
    ['{"status":500,"log":"a"}', 'a', 'unknown', { status: '500' }],
    ['{"log":{"level":"error"},"message":"a"}', 'a', 'error', {}],
    ['{"@l":"Fatal","@mt":"x {y}"}', '{"@l":"Fatal","@mt":"x {y}"}', 'critical', { '@mt': 'x {y}' }],
    ['{"msg":"[error] no","n":1.50}', '[error] no', 'error', { n: '1.5' }],
    ['{"t":{"$date":"x"},"s":"W","c":"NETWORK","id":1,"ctx":"conn1","msg":"m"}', 'm', 'warn', { 't.$date': 'x', s: 'W', c: 'NETWORK', id: '1', ctx: 'conn1' }],
    ['{"msg":"m","dd":{"trace_id":12345678901234567890,"span_id":"7"}}', 'm', 'unknown', { 'dd.trace_id': '12345678901234567890', 'dd.span_id': '7', trace_id: '12345678901234567890', span_id: '7' }],
    ['{"msg":"m","traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}', 'm', 'unknown', { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', span_id: '00f067aa0ba902b7' }],
    ['{"msg":"","__proto__":{"a":1},"e":{},"l":[],"b":true,"a.b":"1","a":{"b":"2"}}', '', 'unknown', { '__proto__.a': '1', l: '[]', b: 'true', 'a.b': '2' }],
    ['{}', '{}', 'unknown', {}],
    ['{"msg":"cut', '{"msg":"cut', 'unknown', {}],
    ['{not json}', '{not json}', 'unknown', {}],
    ['[1]', '[1]', 'unknown', {}],
    ['level=warn msg="a \\"b\\"\\n" k=v e= trace_id=9', 'level=warn msg="a \\"b\\"\\n" k=v e= trace_id=9', 'warn', { level: 'warn', msg: 'a "b"\n', k: 'v', e: '', trace_id: '9' }],
    ['a=1 and more', 'a=1 and more', 'unknown', {}],
    ['a=1', 'a=1', 'unknown', {}],
    ['see a=1 b=2', 'see a=1 b=2', 'unknown', {}],
    ['a="1 b=2', 'a="1 b=2', 'unknown', {}],
  ] // prettier-ignore
  for (const [line, ...expected] of cases)
    test(line.slice(0, 60), () => assert.deepEqual(factsOf(line), expected))

  test('leaves out what is too much, and says how much that is', () => {
    const fields = Object.fromEntries(Array.from({ length: 103 }, (_, i) => [`n${i}`, i]))
    const [, , attributes] = factsOf(JSON.stringify({ ...fields, msg: 'a' }))
    assert.equal(Object.keys(attributes).length, 101)
    assert.equal(attributes['vigie.attributes_left_out'], '3')
    const long = { msg: 'a', ['x'.repeat(201)]: 1, y: 'y'.repeat(10_001), z: 'z'.repeat(10_000) }
    assert.deepEqual(factsOf(JSON.stringify(long))[2], {
      z: 'z'.repeat(10_000),
      'vigie.attributes_left_out': '2',
    })
  })

  test('bears what is nested without an end', () => {
    const deep = `{"msg":"a","x":${'{"y":'.repeat(30)}1${'}'.repeat(30)}}`
    assert.equal(factsOf(deep)[2][`x${'.y'.repeat(19)}`], `${'{"y":'.repeat(11)}1${'}'.repeat(11)}`)
    const [message, , attributes] = factsOf(`{"msg":"a","x":${'['.repeat(1e5)}${']'.repeat(1e5)}}`)
    assert.deepEqual([message, attributes], ['a', { x: '' }])
  })

  test('bears a very long pair', () => {
    const line = `a=1 b="${'x '.repeat(400_000)}" c=2`
    assert.deepEqual(factsOf(line)[2], { a: '1', c: '2', 'vigie.attributes_left_out': '1' })
  })
})
