import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EntryRun } from '../../../../../test/logs/entry-run.ts'
import { LogRuleError } from '../rules/log-rule-error.ts'
import { hasTimestamp } from './has-timestamp.ts'

const stamp = '2026-01-02 15:04:05,123 ERROR'
const automatic = { multiLine: { isAutomatic: true } }
const rule = { rules: [{ kind: 'multi-line', name: 'starts', pattern: '\\d{4}-' } as const] }

describe('joining by a rule', () => {
  test('begins an entry with each line that begins so', () => {
    const run = new EntryRun({ tagsMultiLine: true }, rule)
    run.takeAll(['2026-a', ' b', 'x 2026-', '2027-c']).end()
    assert.deepEqual(run.texts, ['2026-a\n b\nx 2026-', '2027-c'])
    assert.deepEqual(
      run.handed.map(({ attributes }) => attributes),
      [{ multiline: 'multiline_regex' }, {}],
    )
    assert.equal(run.counts.readLines, 2)
  })

  test('joins lines that come before the first beginning too', () =>
    assert.deepEqual(new EntryRun({}, rule).takeAll(['a', 'b', '2026-c']).end().texts, [
      'a\nb',
      '2026-c',
    ]))

  test('counts before what would be joined by itself', () =>
    assert.deepEqual(
      new EntryRun(automatic, { ...rule, isAutoMultiLine: true })
        .takeAll(['Jan  2 15:04:05 a', 'b'])
        .end().texts,
      ['Jan  2 15:04:05 a\nb'],
    ))

  test('hands on in parts what gets too long', () => {
    const run = new EntryRun({ maxMessageBytes: 10, tagsTruncated: true }, rule)
    run.takeAll(['2026-aaa', 'bbbbbbb', 'c', 'ddddddd', '2027-e']).end()
    assert.deepEqual(run.texts, [
      '2026-aaa...TRUNCATED...',
      '...TRUNCATED...bbbbbbb\nc...TRUNCATED...',
      '...TRUNCATED...ddddddd',
      '2027-e',
    ])
    assert.deepEqual(
      run.handed.map(({ at }) => at),
      ['7:0', '7:9', '7:19', '7:27'],
    )
    assert.deepEqual(
      run.handed.map(({ attributes }) => attributes['truncated']),
      ['multiline_regex', 'multiline_regex', 'multiline_regex', undefined],
    )
    assert.equal(run.counts.truncatedLines, 1)
  })

  test('says that it is no rule for all sources', () => {
    const run = new EntryRun({ rules: rule.rules }).takeAll(['2026-a', 'b']).end()
    assert.deepEqual(run.texts, ['2026-a', 'b'])
    assert.deepEqual(run.faults, [
      'rule starts is of type multi_line, which only the rules of one source can have',
    ])
  })

  test('refuses a pattern as it stands there', () => {
    const config = { rules: [{ kind: 'multi-line', name: 'x', pattern: 'a)' } as const] }
    const message = 'Cannot use rule x: in its pattern a), a ) stands without its ('
    assert.throws(() => new EntryRun({}, config), new LogRuleError(message))
  })
})

describe('joining by itself', () => {
  test('joins lines without a time to the one before that has one', () => {
    const run = new EntryRun({ ...automatic, tagsMultiLine: true })
    run
      .takeAll([
        `${stamp} boom`,
        'Traceback (most recent call last):',
        '  File "a.py"',
        `${stamp} b`,
      ])
      .end()
    assert.deepEqual(run.texts, [
      `${stamp} boom\nTraceback (most recent call last):\n  File "a.py"`,
      `${stamp} b`,
    ])
    assert.equal(run.handed[0]?.attributes['multiline'], 'auto_multiline')
    assert.equal(run.handed[1]?.at, `7:${(run.texts[0] ?? '').length + 1}`)
  })

  test('leaves lines alone as long as none has a time, at once', () =>
    assert.deepEqual(new EntryRun(automatic).takeAll(['a', ' b', 'c']).texts, ['a', ' b', 'c']))

  test('can be switched on and off for one source', () => {
    assert.equal(
      new EntryRun({}, { rules: [], isAutoMultiLine: true }).takeAll([stamp, 'b']).end().texts
        .length,
      1,
    )
    assert.equal(
      new EntryRun(automatic, { rules: [], isAutoMultiLine: false }).takeAll([stamp, 'b']).texts
        .length,
      2,
    )
  })

  test('does not mix outputs', () => {
    const run = new EntryRun(automatic)
    run.take(`${stamp} out`, { output: 1 }).take(`${stamp} err`, { output: 2 })
    run.take('more out', { output: 1 }).take('more err', { output: 2 })
    assert.deepEqual(run.waitingFrom(), { fileId: 7n, offset: 0 })
    run.end()
    assert.deepEqual(
      run.handed.map(({ bytes, output }) => [bytes, output]),
      [
        [`${stamp} out\nmore out`, 'stdout'],
        [`${stamp} err\nmore err`, 'stderr'],
      ],
    )
  })

  test('does not wait longer than it is told to', () => {
    const run = new EntryRun(automatic)
    run.nowMs = 50
    run.take(stamp)
    assert.deepEqual([run.settle(50).texts, run.waitingFrom()?.offset], [[], 0])
    assert.deepEqual([run.settle(51).texts, run.waitingFrom()], [[stamp], undefined])
    run.take('late')
    assert.deepEqual(run.texts, [stamp, 'late'])
  })

  test('does not join what was printed much later', () => {
    const run = new EntryRun(automatic)
      .take(stamp, { timeNs: 0n })
      .take('a', { timeNs: 1_000_000_000n })
    run.take('b', { timeNs: 2_000_000_001n }).take('c', { timeNs: 2_000_000_002n })
    assert.deepEqual(run.texts, [`${stamp}\na`, 'b', 'c'])
  })

  test('takes the samples of the configuration for beginnings', () => {
    const samples = [{ pattern: '!!\\w+' }]
    const run = new EntryRun({
      multiLine: { isAutomatic: true, samples, hasTimestampDetection: false },
    })
    assert.deepEqual(run.takeAll(['!!a', 'x!!b', stamp, '!!c']).end().texts, [
      `!!a\nx!!b\n${stamp}`,
      '!!c',
    ])
  })

  test('leaves an object of JSON by itself', () =>
    assert.deepEqual(new EntryRun(automatic).takeAll([stamp, '{"msg":"a"}', 'b']).texts, [
      stamp,
      'a',
      'b',
    ]))

  test('joins an object of JSON that is printed over lines', () => {
    const run = new EntryRun(automatic)
    run.takeAll(['{', '  "level": "warn",', '  "n": [1,', '-2.5e3 ]', ', "msg": "a}b" }', 'x'])
    assert.deepEqual(
      run.handed.map(({ bytes, level, attributes }) => [bytes, level, attributes]),
      [
        ['a}b', 'warn', { n: '[1,-2500]' }],
        ['x', 'unknown', {}],
      ],
    )
  })

  for (const lines of [
    ['{', 'x'],
    ['{ starting', '}'],
    ['{', '"a" 1', '}'],
    ['{', '"a', 'b":1}'],
    ['{', ']'],
    ['{', '"a":tru', 'e 1}'],
  ])
    test(`leaves ${JSON.stringify(lines)} as it is`, () => {
      const run = new EntryRun(automatic).takeAll(lines).end()
      assert.deepEqual(run.texts, lines)
      assert.equal(run.handed[1]?.at, `7:${(lines[0]?.length ?? 0) + 1}`)
    })

  test('lets go of an object that does not end, in time and in length', () => {
    const run = new EntryRun({ ...automatic, maxMessageBytes: 12 }).take('{').take('"a":')
    assert.deepEqual([run.texts, run.waitingFrom()?.offset], [[], 0])
    assert.deepEqual(run.settle(1).texts, ['{', '"a":'])
    assert.deepEqual(run.takeAll(['{', '"b":', '"0123456"}']).texts.slice(2), [
      '{',
      '"b":',
      '"0123456"}',
    ])
  })

  test('takes a brace inside a group for a part of it', () =>
    assert.deepEqual(new EntryRun(automatic).takeAll([stamp, '{', '"a":1', '}']).end().texts, [
      `${stamp}\n{\n"a":1\n}`,
    ]))
})

describe('hasTimestamp()', () => {
  const timed = [
    '2026-01-02T15:04:05.123456Z x', '2026-01-02 15:04:05,123 x', '[2026-01-02 15:04:05 +0000] x', '2026/01/02 15:04:05 x',
    '2026.01.02 15:04:05.1 [ 1 ]', '[2026-01-02, 15:04:05 UTC] x', '20260102T150405 x', '10.0.0.7 - - [02/Jan/2026:15:04:05 +0000]',
    '02-Jan-2026 15:04:05.123 INFO', 'Jan  2 15:04:05 host x', '<14>Jan  2 15:04:05 host', '[Fri Jan 02 15:04:05.123 2026] x',
    'Jan 02, 2026 3:04:05 PM org.x', '01/02/2026 15:04:05 x', '260102 15:04:05 x', '15:04:05.123 [main] x', '3:04PM INF x',
    '[15:04:05 INF] x', '1767366245 x', '1767366245.123 x', '1767366245123 x', 'I0102 15:04:05.123456 1 x.go:1] x',
    '1:M 02 Jan 2026 15:04:05.123 * x', 'time="2026-01-02T15:04:05Z" level=info', '    2026-01-02T15:04:05Z [INFO] x',
    '\u001b[2m2026-01-02T15:04:05Z\u001b[0m x', 'INFO [2026-01-02 15:04:05] x',
  ] // prettier-ignore
  for (const line of timed)
    test(`sees the time in ${line}`, () => assert.equal(seesTime(line), true))

  const untimed = [
    '', 'x', '  at a.b(C.java:12)', '    started at 2026-01-02T15:04:05Z', 'listening on 10.0.0.1:8080', '12345678901234567890',
    '00:11:22:33:44:55', '2026-01-02', 'version 2026.01', `${'x'.repeat(60)}2026-01-02T15:04:05Z`, '1767366245a', 'at 15:04:05 x',
  ] // prettier-ignore
  for (const line of untimed)
    test(`sees none in ${line}`, () => assert.equal(seesTime(line), false))
})

function seesTime(line: string): boolean {
  const bytes = Buffer.from(line)
  return hasTimestamp(bytes, 0, bytes.length)
}
