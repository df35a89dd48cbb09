import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeBlock, makeOrigin } from '../../../test/agent/log-blocks.ts'
import { printLogLines } from './log-lines.ts'

describe('printLogLines()', () => {
  test('prints each line on a line of its own, with its origin', () => {
    const texts = [...printLogLines(makeBlock(['a\nb', 'é']))]
    const common = { kind: 'log', ...makeOrigin({ containerName: 'web-0' }) }
    assert.deepEqual(
      texts.map((text) => JSON.parse(text)),
      [
        {
          ...common,
          timeNs: '1795189550000000000',
          level: 'unknown',
          output: 'stdout',
          message: 'a\nb',
        },
        {
          ...common,
          timeNs: '1795189550000000001',
          level: 'trace',
          output: 'stderr',
          message: 'é',
          attributes: { line: '1' },
        },
      ],
    )
    assert.deepEqual(
      texts.map((text) => text.indexOf('\n')),
      texts.map((text) => text.length - 1),
    )
  })

  test('prints the lines of all runs', () => {
    const names = [...printLogLines(makeBlock(['a', 'b', 'c'], { linesOfARun: 1 }))].map(
      (text) => JSON.parse(text).containerName,
    )
    assert.deepEqual(names, ['web-0', 'web-1', 'web-2'])
  })

  test('prints bytes that are no UTF-8', () => {
    const block = makeBlock(['xyz'])
    block.messages[1] = 0xff
    const [text] = printLogLines(block)
    assert.equal(JSON.parse(text ?? '').message, 'x\ufffdz')
  })
})
