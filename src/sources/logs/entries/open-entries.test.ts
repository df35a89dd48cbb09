import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { EntryRun } from '../../../../test/logs/entry-run.ts'

describe('openEntries()', () => {
  test('hands a line on as it is, with its level', () => {
    const run = new EntryRun().take('\u001b[31mERROR\u001b[0m no', { timeNs: 5n })
    assert.deepEqual(run.handed, [
      {
        bytes: '\u001b[31mERROR\u001b[0m no',
        level: 'error',
        attributes: {},
        output: 'stdout',
        at: '7:0',
        timeNs: 5n,
      },
    ])
    assert.deepEqual(run.counts, {
      readLines: 1,
      handedLines: 1,
      droppedLines: 0,
      truncatedLines: 0,
    })
    assert.equal(run.waitingFrom(), undefined)
  })

  test('takes the message out of a JSON object, and keeps the rest as attributes', () => {
    const line =
      '{"level":"warn","msg":"slow é","req":{"id":7,"tags":["a"]},"none":null,"traceId":"ab12"}'
    const [handed] = new EntryRun().take(line).handed
    assert.equal(Buffer.from(handed?.bytes ?? '', 'latin1').toString(), 'slow é')
    assert.equal(handed?.level, 'warn')
    assert.deepEqual(handed?.attributes, {
      'req.id': '7',
      'req.tags': '["a"]',
      traceId: 'ab12',
      trace_id: 'ab12',
    })
  })

  test('marks the parts of a line that was cut, and counts it once', () => {
    const run = new EntryRun({ tagsTruncated: true })
    run
      .take('aa', { cut: 'head' })
      .take('bb', { cut: 'middle' })
      .take('cc', { cut: 'tail' })
      .take('dd')
    assert.deepEqual(run.texts, [
      'aa...TRUNCATED...',
      '...TRUNCATED...bb...TRUNCATED...',
      '...TRUNCATED...cc',
      'dd',
    ])
    assert.equal(run.counts.truncatedLines, 1)
    assert.equal(run.counts.readLines, 4)
    assert.deepEqual(
      run.handed.map(({ attributes }) => attributes['truncated']),
      ['single_line', 'single_line', 'single_line', undefined],
    )
  })

  test('says nothing of cuts when it is not asked to', () =>
    assert.deepEqual(new EntryRun().take('a', { cut: 'head' }).handed[0]?.attributes, {}))

  test('loses no byte, whatever comes and whenever it settles', () => {
    const random = seeded(11)
    for (let round = 0; round < 300; round += 1) {
      const isAutomatic = random(2) === 1
      const rule = { kind: 'multi-line', name: 'r', pattern: '\\d' } as const
      const run = new EntryRun(
        { multiLine: { isAutomatic }, maxMessageBytes: 40 + random(60) },
        { rules: isAutomatic ? [] : [rule] },
      )
      const lines: string[] = []
      for (let i = 0; i < 12; i += 1) {
        const line = randomLine(random)
        lines.push(line)
        run.nowMs += 1
        run.take(Buffer.from(line, 'latin1'), { output: 1 + random(2) })
        if (random(4) === 0) run.settle(run.nowMs - random(3))
      }
      run.end()
      const kept = run.handed.map(({ bytes }) => bytes.replaceAll('...TRUNCATED...', ''))
      const found = kept.flatMap((text) => text.split('\n'))
      assert.deepEqual(found.toSorted(), lines.toSorted())
      assert.equal(run.counts.readLines, run.handed.length)
      assert.equal(run.waitingFrom(), undefined)
    }
  })

  test('bears any bytes', () => {
    const random = seeded(5)
    const mask = {
      kind: 'mask',
      name: 'm',
      pattern: '(a|.)[^b]+?\\b',
      replacement: '<$1>',
    } as const
    for (const settings of [{ multiLine: { isAutomatic: true } }, { rules: [mask] }]) {
      const run = new EntryRun(settings)
      for (let i = 0; i < 3000; i += 1) {
        const alphabet = i % 2 === 0 ? 256 : 0
        const bytes = Array.from({ length: random(40) }, () =>
          alphabet > 0 ? random(alphabet) : '{}[]":,\\=a1 \u001b'.charCodeAt(random(14)) || 0xff,
        )
        run.take(Uint8Array.from(bytes), { output: random(3) })
      }
      run.end()
      assert.equal(run.counts.readLines, run.handed.length)
      assert.ok(run.handed.length > 0)
    }
  })
})

function randomLine(random: (below: number) => number): string {
  const kinds = [
    '2026-01-02 15:04:05 x', '  at frame', '{', '"a": 1', '}', '{"a": [1,', '2]}', 'plain', '{ no json', '', '\u00ff\u0080', '5',
  ] // prettier-ignore
  return `${kinds[random(kinds.length)]}${['', 'y'.repeat(20)][random(2)]}`
}

function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
