import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../../../test/agent/engine-event.ts'
import { makeExitCheck } from './exit-check.ts'

const subject = { name: 'web', image: 'busybox', tags: ['container_name:web'] }
const settings = { host: 'box-1', okExitCodes: [0, 143] }

describe('makeExitCheck()', () => {
  for (const [exitCode, status] of [
    ['0', 0],
    ['143', 0],
    ['1', 2],
    ['137', 2],
  ] as const) {
    test(`calls ${exitCode} ${status}`, () => {
      const die = makeEngineEvent('die', { attributes: { exitCode } })
      assert.deepEqual(makeExitCheck(die, subject, settings), {
        kind: 'service-check',
        name: 'docker.exit',
        status,
        message: `Container web exited with ${exitCode}`,
        timeMs: 1_795_189_550_515,
        host: 'box-1',
        tags: ['container_name:web', `exit_code:${exitCode}`],
      })
    })
  }

  test('calls 0 a fault where only 3 is none', () => {
    const die = makeEngineEvent('die', { attributes: { exitCode: '0' } })
    assert.equal(makeExitCheck(die, subject, { ...settings, okExitCodes: [3] })?.status, 2)
  })

  for (const event of [
    makeEngineEvent('exec_die', { attributes: { exitCode: '1' } }),
    makeEngineEvent('die'),
    makeEngineEvent('die', { attributes: { exitCode: 'none' } }),
  ]) {
    test(`makes nothing of ${event.action} with ${JSON.stringify(event.attributes)}`, () => {
      assert.equal(makeExitCheck(event, subject, settings), undefined)
    })
  }
})
