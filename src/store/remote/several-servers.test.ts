import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openClickHouseHttp, type ClickHouseHttp } from '../../../test/store/clickhouse-http.ts'
import { openLog } from '../../telemetry/log.ts'
import type { StoreEngine } from '../engine.ts'
import { openLeadership } from './leadership.ts'
import { withMigrationLock } from './migration-lock.ts'
import { openRemoteEngine } from './open-remote-engine.ts'

describe('several servers on the same tables', () => {
  let clickhouse: ClickHouseHttp
  let engines: readonly [StoreEngine, StoreEngine]

  before(async () => {
    clickhouse = await openClickHouseHttp()
    const { url, user, password } = clickhouse
    const options = { url, user, password, database: 'vigie', tls: { isVerified: true } }
    engines = [await openRemoteEngine(options), await openRemoteEngine(options)]
  })

  after(async () => {
    await Promise.all(engines.map((engine) => engine.close()))
    await clickhouse[Symbol.asyncDispose]()
  })

  const locks = async (): Promise<readonly unknown[]> => {
    const answer = await engines[0].read.query({
      query: `SELECT name FROM system.tables WHERE startsWith(name, 'migration_lock_')`,
      format: 'JSONEachRow',
    })
    return answer.json()
  }
  const oldLock = (place: number, sinceMs: number): Promise<unknown> =>
    engines[0].write.command({
      query: `CREATE TABLE vigie.migration_lock_${place} (nothing UInt8) ENGINE = Memory
        COMMENT '${JSON.stringify({ owner: 'host-9 x', sinceMs })}'`,
    })

  test('change them one after the other, all at once or not', async () => {
    let running = 0
    const deeds = [...engines, ...engines].map((engine) =>
      withMigrationLock(
        engine,
        async () => {
          running += 1
          assert.equal(running, 1)
          await engine.write.ping()
          running -= 1
        },
        { againMs: 5 },
      ),
    )
    await Promise.all(deeds)
    assert.deepEqual(await locks(), [])
  })

  test('leave no lock behind a change that failed', async () => {
    const failing = withMigrationLock(engines[0], () => Promise.reject(new Error('no')))
    await assert.rejects(failing, /no/)
    assert.deepEqual(await locks(), [])
  })

  test('take over from one that died ten minutes ago, and clear up behind it', async () => {
    await oldLock(1, Date.now() - 600_001)
    assert.equal(await withMigrationLock(engines[0], async () => (await locks()).length), 2)
    assert.deepEqual(await locks(), [])
  })

  test('wait for one that is at it, and say so', async (context) => {
    await oldLock(7, Date.now())
    const log = openLog('silent', 'test')
    const told = Promise.withResolvers<string>()
    context.mock.method(log, 'info', told.resolve)
    let isDone = false
    const changed = withMigrationLock(engines[0], async () => (isDone = true), { log, againMs: 5 })
    assert.match(
      await told.promise,
      /^waiting for host-9, which changes the tables; its lock is \d+ s old/,
    )
    assert.equal(isDone, false)
    await engines[0].write.command({ query: 'DROP TABLE IF EXISTS vigie.migration_lock_7' })
    await changed
  })

  test('have one that leads, and another once it has gone', async () => {
    const everyMs = 60_000
    const first = await openLeadership(engines[0], { everyMs })
    assert.equal(first.isLeader(), true)
    const second = await openLeadership(engines[1], { everyMs })
    await first.close()
    assert.equal(first.isLeader(), false)
    await second.close()
    const third = await openLeadership(engines[1], { everyMs })
    assert.equal(third.isLeader(), true)
    await third.close()
  })

  test('are led by the smallest id of those that were heard of lately', async () => {
    const beat = (id: string, secondsAgo: number): Promise<unknown> =>
      engines[0].write.command({
        query: `INSERT INTO vigie.server_heartbeats SELECT {id:String}, now64(3) - toIntervalSecond({ago:UInt32}), true`,
        query_params: { id, ago: secondsAgo },
      })
    await beat('0000', 31)
    const leading = await openLeadership(engines[0])
    assert.equal(leading.isLeader(), true)
    await leading.close()
    await beat('0001', 0)
    const following = await openLeadership(engines[0])
    assert.equal(following.isLeader(), false)
    await following.close()
  })

  test('do not have to ask when the store is theirs alone', async () => {
    const { isLeader } = await openLeadership({ write: engines[0].write, isShared: false })
    assert.equal(isLeader(), true)
  })
})
