import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { HealthChecks, type CheckedContainer } from './health-checks.ts'

const tagsOf = (id: string): readonly string[] => [`container_id:${id}`]

function make(change: Partial<CheckedContainer> = {}): CheckedContainer {
  return { id: 'a', state: 'running', health: 'healthy', healthOutput: '', ...change }
}

describe('HealthChecks', () => {
  for (const [change, status, message] of [
    [{}, 0, ''],
    [{ healthOutput: 'ok' }, 0, ''],
    [{ health: 'unhealthy', healthOutput: 'not ready\n' }, 2, 'not ready'],
    [{ health: 'starting', healthOutput: 'not yet' }, 3, ''],
  ] as const) {
    test(`calls ${JSON.stringify(change)} ${status}`, () => {
      const checks = new HealthChecks('box-1').take([make(change)], { timeMs: 1000, tagsOf })
      assert.deepEqual(checks, [
        {
          kind: 'service-check',
          name: 'docker.container_health',
          status,
          message,
          timeMs: 1000,
          host: 'box-1',
          tags: ['container_id:a'],
        },
      ])
    })
  }

  test('says nothing of a container without a health check, nor of one that does not run', () => {
    const containers = [
      make({ health: 'none' }),
      make({ id: 'b', state: 'exited', health: 'unhealthy' }),
      make({ id: 'c', state: 'paused' }),
    ]
    assert.deepEqual(new HealthChecks('box-1').take(containers, { timeMs: 0, tagsOf }), [])
  })

  test('says it at once when it changes, and again every 15 s', () => {
    const checks = new HealthChecks('box-1')
    const sent = Array.from({ length: 40 }, (_one, second) => {
      const health = second < 3 ? 'starting' : 'healthy'
      const due = checks.take([make({ health })], { timeMs: second * 1000, tagsOf })
      return due.map(({ status }) => `${second}:${status}`)
    })
    assert.deepEqual(sent.flat(), ['0:3', '3:0', '18:0', '33:0'])
  })

  test('says it at once of a container that was started again', () => {
    const checks = new HealthChecks('box-1')
    checks.take([make()], { timeMs: 0, tagsOf })
    checks.take([make({ state: 'exited' })], { timeMs: 1000, tagsOf })
    assert.equal(checks.take([make()], { timeMs: 2000, tagsOf }).length, 1)
  })

  test('goes on when the clock was set back', () => {
    const checks = new HealthChecks('box-1')
    checks.take([make()], { timeMs: 7_200_000, tagsOf })
    assert.equal(checks.take([make()], { timeMs: 3_600_000, tagsOf }).length, 1)
  })

  test('keeps the last 500 characters of a long output', () => {
    const healthOutput = `${'x'.repeat(9000)} refused`
    const [check] = new HealthChecks('box-1').take([make({ health: 'unhealthy', healthOutput })], {
      timeMs: 0,
      tagsOf,
    })
    assert.equal(check?.message.length, 500)
    assert.match(check?.message ?? '', /^…x+ refused$/)
  })
})
