import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { formatLogLine } from './format-log-line.ts'

const timeMs = Date.UTC(2026, 0, 31, 23, 59, 58)

describe('formatLogLine()', () => {
  test('puts time, half, level and message in the order of the agent log', () => {
    const line = JSON.stringify({ level: 40, time: timeMs, name: 'agent', msg: 'Away' })
    assert.equal(formatLogLine(line), '2026-01-31 23:59:58 UTC | AGENT | WARN | Away\n')
  })

  test('puts further values behind the message', () => {
    const line = JSON.stringify({
      level: 50,
      time: timeMs,
      name: 'server',
      route: '/x',
      n: 2,
      msg: 'No',
    })
    assert.equal(
      formatLogLine(line),
      '2026-01-31 23:59:58 UTC | SERVER | ERROR | No (route=/x, n=2)\n',
    )
  })

  test('leaves a line that is not of the log as it is', () => {
    assert.equal(formatLogLine('Segmentation fault\n'), 'Segmentation fault\n')
  })
})
