import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { makeTelemetry } from '../../../test/agent/environment.ts'
import { Outage } from './outage.ts'

/** One of log lines, and what the log has of it. */
function open(t: TestContext): { readonly outage: Outage; readonly said: readonly string[] } {
  const said: string[] = []
  const telemetry = makeTelemetry()
  t.mock.method(telemetry.log, 'warn', (message: string) => said.push(message))
  t.mock.method(telemetry.log, 'info', (message: string) => said.push(message))
  const texts = { what: 'log lines', meanwhile: 'they wait' }
  return { outage: new Outage({ telemetry, serverUrl: 'http://srv' }, texts), said }
}

describe('Outage', () => {
  test('is told once at each end, however often it fails in between', (t) => {
    const { outage, said } = open(t)
    outage.begin('it is away')
    outage.begin('it is away')
    outage.beginPause()
    outage.begin('it is busy')
    outage.end()
    outage.end()
    assert.deepEqual(said, [
      'Cannot deliver log lines to the server http://srv: it is away; they wait',
      'The server http://srv takes log lines again',
    ])
  })

  test('pauses longer with each failure, at most four seconds', (t) => {
    const { outage } = open(t)
    for (const longestMs of [250, 500, 1000, 2000, 4000, 4000, 4000]) {
      outage.begin('it is away')
      const pauseMs = outage.beginPause()
      assert.ok(pauseMs >= longestMs / 2 && pauseMs <= longestMs, `${pauseMs} of ${longestMs}`)
    }
  })

  test('takes requests that fail together for one failure', (t) => {
    const { outage } = open(t)
    for (let count = 0; count < 8; count += 1) outage.begin('it is away')
    assert.ok(outage.beginPause() <= 250)
    assert.equal(outage.beginPause(), 0)
  })

  test('pauses for as long as the server asked to be left alone, once', (t) => {
    const { outage } = open(t)
    outage.begin('it is busy', 3000)
    outage.begin('it is busy', 1000)
    assert.equal(outage.beginPause(), 3000)
    outage.begin('it is busy')
    assert.ok(outage.beginPause() <= 500)
  })

  test('pauses a minute at most', (t) => {
    const { outage } = open(t)
    outage.begin('it is busy', 86_400_000)
    assert.equal(outage.beginPause(), 60_000)
  })
})
