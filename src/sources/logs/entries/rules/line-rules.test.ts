import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EntryRun } from '../../../../../test/logs/entry-run.ts'
import type { LogRule } from '../../../../component/log-rule.ts'
import { LogRuleError } from './log-rule-error.ts'

function exclude(pattern: string): LogRule {
  return { kind: 'exclude', name: 'no', pattern }
}

function mask(pattern: string, replacement: string): LogRule {
  return { kind: 'mask', name: 'mask', pattern, replacement }
}

describe('compileLineRules()', () => {
  test('leaves out what an exclude rule matches, and lets the pointer go on', () => {
    const run = new EntryRun({ rules: [exclude('^GET /health')] })
    run.takeAll(['GET /health', 'x GET /health', 'b'])
    assert.deepEqual(run.texts, ['x GET /health', 'b'])
    assert.deepEqual(run.counts, {
      readLines: 3,
      handedLines: 2,
      droppedLines: 1,
      truncatedLines: 0,
    })
    assert.equal(run.progress, 1)
  })

  test('keeps only what an include rule matches', () => {
    const run = new EntryRun({ rules: [{ kind: 'include', name: 'y', pattern: '(?i)error' }] })
    assert.deepEqual(run.takeAll(['Error', 'b']).texts, ['Error'])
  })

  test('goes through the rules of all sources, then through those of its own, each seeing what the one before made', () => {
    const run = new EntryRun(
      { rules: [mask('secret', 'word')] },
      { rules: [exclude('secret'), mask('word=(\\w+)', 'w=$1')] },
    )
    assert.deepEqual(run.take('secret=abc').texts, ['w=abc'])
  })

  test('leaves out lines that were cut, with all their parts', () => {
    const run = new EntryRun({ rules: [{ kind: 'exclude-truncated', name: 'x' }] })
    run.take('a', { cut: 'head' }).take('b', { cut: 'tail' }).take('c')
    assert.deepEqual([run.texts, run.counts.droppedLines], [['c'], 2])
  })

  const masks: readonly (readonly [
    pattern: string,
    replacement: string,
    line: string,
    masked: string,
  ])[] = [
    ['\\d{4}', '****', 'a 1234 5678', 'a **** ****'],
    ['(\\w+)@(\\w+)', '${2} at $1', 'me@here', 'here at me'],
    ['(?P<key>\\w+)=\\S+', '$key=?', 'pw=x', 'pw=?'],
    ['(a)', '$1x|${1}x|$$1|$2|$', 'a', '|ax|$1||$'],
    ['(a)|(b)', '[$1$2]', 'ab', '[a][b]'],
    ['x*', '-', 'axb', '-a-b-'],
    ['é', '█', 'né', 'n█'],
    ['all', '', 'all', ''],
  ]
  for (const [pattern, replacement, line, masked] of masks)
    test(`puts ${replacement} for ${pattern}`, () =>
      assert.deepEqual(new EntryRun({ rules: [mask(pattern, replacement)] }).take(line).texts, [
        masked,
      ]))

  test('keeps bytes that are no UTF-8 where it masks nothing', () => {
    const run = new EntryRun({ rules: [mask('b', 'é')] })
    run.take(Uint8Array.of(0xff, 0x62, 0xc3, 0x28))
    assert.equal(run.handed[0]?.bytes, '\u00ff\u00c3\u00a9\u00c3(')
  })

  test('refuses a pattern in one sentence', () => {
    const message = 'Cannot use rule no: in its pattern (?!a), look-around (?!…) is not supported'
    assert.throws(() => new EntryRun({ rules: [exclude('(?!a)')] }), new LogRuleError(message))
  })

  test('is done with 1 MB soon, even where others would take for ever', () => {
    const run = new EntryRun({ rules: [exclude('(a+)+$'), mask('(a+)+$', '*')] })
    const line = Buffer.from(`${'a'.repeat(1e6)}!`)
    const before = process.cpuUsage()
    run.take(line)
    assert.ok(process.cpuUsage(before).user < 200_000)
    assert.equal(run.handed[0]?.bytes.length, 1_000_001)
    assert.deepEqual(run.faults, [])
  })

  test('hides what it has no time to look through, and tells it once', () => {
    const run = new EntryRun({ rules: [mask('a.*b|a', '<$0>')] })
    const line = 'a'.repeat(20_000)
    const before = process.cpuUsage()
    run.take(line).take(line)
    assert.ok(process.cpuUsage(before).user < 1_000_000)
    assert.deepEqual(run.faults, [
      'rule mask takes too long for some lines: make its pattern simpler',
    ])
    for (const text of run.texts) assert.match(text, /^(<a>)+<>$/)
  })
})
