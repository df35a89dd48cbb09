import { describe, expect, test } from 'vitest'

import { sampleLine } from '../testing/log-samples.ts'
import { attributesBehind } from './row-attributes.ts'

function behind(message: string, attributes: Readonly<Record<string, string>>): string {
  return attributesBehind(sampleLine(1, { message, attributes }))
}

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('attributesBehind()', () => {
  const cases: readonly (readonly [
    claim: string,
    message: string,
    attributes: Readonly<Record<string, string>>,
    text: string,
  ])[] = [
    ['nothing where there is none', 'done', {}, ''],
    ['pairs in their order', 'job done', { job: '17', took_ms: '37' }, '  job=17 took_ms=37'],
    ['no blanks behind nothing', '', { job: '17' }, 'job=17'],
    ['blanks in quotes', 'a', { user: 'ann b', 'x y': '1' }, '  user="ann b" "x y"=1'],
    ['one line', 'a', { sql: 'select "a"\n\tfrom b' }, String.raw`  sql="select \"a\"\n\tfrom b"`],
    ['no colours, no unseen signs', 'a', { b: '\u001b[31mred\u001b[0m\u202e' }, '  b=red⟨U+202E⟩'],
    ['nothing that has no value', 'a', { e: '', b: '1' }, '  b=1'],
    [
      'nothing of a logfmt line',
      'level=warn msg="a \\"b\\"\\n" k=v e=',
      { level: 'warn', msg: 'a "b"\n', k: 'v', e: '' },
      '',
    ],
    [
      'nothing of a JSON line without a message',
      '{"@mt":"x {y}","t":{"$date" : 1.50}}',
      { '@mt': 'x {y}', 't.$date': '1.5' },
      '',
    ],
    ['no value that the message tells', 'GET /api/carts.', { path: '/api/carts' }, ''],
    ['a value that it may tell by chance', 'stage 10 of 17', { job: '17' }, '  job=17'],
    ['a pair that only looks alike', 'user_id=42 did', { id: '4', user: '42' }, '  id=4 user=42'],
    [
      'a trace once',
      'a',
      { 'dd.trace_id': trace, 'dd.span_id': '7', trace_id: trace, span_id: '7' },
      `  dd.trace_id=${trace} dd.span_id=7`,
    ],
    [
      'a trace that a parent names once',
      'a',
      { traceparent: `00-${trace}-00f067aa0ba902b7-01`, trace_id: trace },
      `  traceparent=00-${trace}-00f067aa0ba902b7-01`,
    ],
    ['a trace of its own', 'a', { trace_id: trace, job: '7', span_id: '71' }, `  trace_id=${trace} job=7 span_id=71`],
  ] // prettier-ignore
  test.each(cases)('shows %s', (_claim, message, attributes, text) => {
    expect(behind(message, attributes)).toBe(text)
  })

  test('cuts a long value, so that others can be seen, and not between the halves of a character', () => {
    expect(behind('a', { b: `x${'😀'.repeat(200)}`, c: '1' })).toBe(`  b=x${'😀'.repeat(49)}… c=1`)
  })

  test('ends after a few lines, however much there is', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`n${index}`, 'v']))
    const text = behind('a', many)
    expect(text).toHaveLength(2 + 400 + 1)
    expect(text.endsWith('…')).toBe(true)
  })
})
