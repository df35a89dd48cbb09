import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openFaultyIntake } from '../../../test/agent/faulty-intake.ts'
import { runForwarder, stopClock } from '../../../test/agent/run-forwarder.ts'

describe('openForwarder()', { timeout: 60_000 }, () => {
  test('delivers what is handed over, each once, and says so', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    const run = runForwarder(t, { url: intake.url })
    assert.equal(run.endpoint().state, 'idle')
    for (const text of ['a', 'b', 'c']) run.push(text)
    assert.deepEqual([run.endpoint().waiting, run.endpoint().memoryBytes], [3, 3])
    await run.passUntil(() => run.endpoint().waiting === 0)
    const { state, delivered, memoryBytes, lastDeliveredAtMs } = run.endpoint()
    assert.deepEqual([state, delivered, memoryBytes], ['delivering', 3, 0])
    assert.ok(lastDeliveredAtMs !== undefined && lastDeliveredAtMs <= Date.now())
    assert.deepEqual([...intake.taken.values()], [1, 1, 1])
    await run.stop()
    assert.deepEqual([run.dropped(), run.telemetry.snapshot().endpoints], [{}, []])
  })

  test('tells nobody user and password of an address', async (t) => {
    stopClock(t)
    const run = runForwarder(t, { url: 'http://user:pass@127.0.0.1:9' })
    run.push('a')
    await run.passUntil(() => run.endpoint().state === 'retrying')
    assert.equal(run.endpoint().url, 'http://127.0.0.1:9')
    assert.doesNotMatch(JSON.stringify([run.endpoint(), run.told]), /pass/)
    await run.stop()
  })

  for (const [status, state, message] of [
    [403, 'refusing', /it answered 403 status 403; check its API key/],
    [500, 'retrying', /\/api\/v2\/series\): it answered 500/],
    [400, 'refusing', /refused a payload: 400/],
  ] as const) {
    test(`is ${state} while it is answered ${status}, then delivers`, async (t) => {
      stopClock(t)
      await using intake = await openFaultyIntake()
      intake.treat = () => status
      const run = runForwarder(t, { url: intake.url })
      run.push('a')
      await run.passUntil(() => run.endpoint().state === state)
      assert.match(run.endpoint().message, message)
      assert.equal(run.told.length, 1)
      intake.treat = () => 202
      run.push('b')
      await run.passUntil(() => run.endpoint().state === 'delivering')
      assert.equal(run.endpoint().message, '')
      await run.stop()
    })
  }

  test('does not hold up other routes for one that is in trouble', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = (_body, { url }) => (url === '/api/beta/sketches' ? 404 : 202)
    const run = runForwarder(t, { url: intake.url })
    run.push('bins', { route: '/api/beta/sketches' })
    await run.passUntil(() => run.endpoint().retried > 0)
    const troubleAtMs = Date.now()
    for (let n = 0; n < 50; n += 1) run.push(`figure ${n}`)
    await run.passUntil(() => intake.taken.size === 50)
    assert.ok(Date.now() - troubleAtMs < 60_000)
    assert.equal(run.endpoint().state, 'refusing')
    intake.treat = () => 202
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.ok(intake.taken.has('bins'))
    await run.stop()
  })

  test('is not slowed by another destination that hangs', async (t) => {
    stopClock(t)
    await using hanging = await openFaultyIntake()
    await using well = await openFaultyIntake()
    hanging.treat = () => 'hang'
    const first = runForwarder(t, { url: hanging.url, name: 'first' })
    const second = runForwarder(t, { url: well.url, name: 'second' })
    for (let n = 0; n < 100; n += 1) {
      first.push(String(n))
      second.push(String(n))
    }
    const sinceMs = Date.now()
    await second.passUntil(() => well.taken.size === 100)
    assert.ok(Date.now() - sinceMs < 20_000)
    assert.deepEqual([first.endpoint().delivered, first.endpoint().waiting], [0, 100])
    await first.stop()
    await second.stop()
  })

  test('gives up a payload that fails while others are taken, and names it', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = (body) => (body === 'poison' ? 500 : 202)
    const run = runForwarder(t, { url: intake.url })
    run.push('poison')
    let pushed = 0
    await run.passUntil(() => {
      pushed += 1
      run.push(`good ${pushed}`)
      return run.endpoint().setAside > 0
    })
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.equal(intake.taken.size, pushed)
    assert.ok(pushed > 100, `given up after ${pushed} s`)
    assert.deepEqual(run.dropped(), { 'x.set_aside': 1 })
    assert.match(run.endpoint().message, /^Gave up a payload of \/api\/v2\/series .*500 status 500/)
    await run.stop()
  })

  test('keeps a payload that fails as long as nothing of its route is taken', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = (_body, { url }) => (url === '/intake/' ? 500 : 202)
    const run = runForwarder(t, { url: intake.url })
    run.push('event', { route: '/intake/' })
    for (let second = 0; second < 1800; second += 1) {
      run.push(`good ${second}`)
      await run.pass(1)
    }
    intake.treat = () => 202
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.equal(intake.taken.get('event'), 1)
    assert.deepEqual(run.dropped(), {})
    await run.stop()
  })

  test('lets no poisoned payload stand in the way of the others', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const run = runForwarder(t, { url: intake.url })
    for (let n = 0; n < 20; n += 1) run.push(`good ${n}`)
    run.push('poison 1')
    run.push('poison 2')
    await run.pass(100)
    intake.treat = (body) => (body.startsWith('poison') ? 503 : 202)
    await run.passUntil(() => run.endpoint().waiting === 2)
    assert.equal(intake.taken.size, 20)
    await run.stop()
  })

  test('sends what is urgent first, and gives it up last', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const run = runForwarder(t, {
      url: intake.url,
      settings: { memoryBytes: 100, connections: 1 },
    })
    run.push('urgent 10', { priority: 'high' })
    for (let n = 0; n < 30; n += 1) run.push(`normal ${n + 10}`)
    await run.passUntil(() => run.endpoint().retried > 3)
    assert.ok(run.endpoint().memoryBytes <= 100)
    intake.treat = () => 202
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.ok([...intake.taken.keys()].indexOf('urgent 10') <= 1)
    assert.deepEqual(run.dropped(), { 'x.buffer_full': 31 - intake.taken.size })
    assert.ok(intake.taken.has('normal 39'))
    await run.stop()
  })

  test('keeps only the newest of those that replace each other, and counts none', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const run = runForwarder(t, { url: intake.url })
    for (let n = 0; n < 5; n += 1) {
      run.push(`now ${n}`, { replacesOlder: true })
      await run.pass(5)
    }
    intake.treat = () => 202
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.deepEqual([[...intake.taken.keys()], run.dropped()], [['now 4'], {}])
    await run.stop()
  })

  test('sends the headers of the destination and of the payload', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    const run = runForwarder(t, { url: intake.url, headers: { 'dd-api-key': 'k' } })
    const keys: unknown[] = []
    intake.treat = (_body, { headers }) => {
      keys.push(headers['dd-api-key'], headers['content-type'], headers['x-own'])
      return 202
    }
    run.push('a', { headers: { 'x-own': 'yes' } })
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.deepEqual(keys, ['k', 'text/plain', 'yes'])
    await run.stop()
  })

  test('counts at the stop what it could not deliver', async (t) => {
    stopClock(t)
    const run = runForwarder(t, { url: 'http://127.0.0.1:9' })
    for (const text of ['a', 'b']) run.push(text, { count: 10 })
    await run.pass(1)
    await run.stop()
    assert.deepEqual(run.dropped(), { 'x.undelivered_at_stop': 20 })
    assert.match(run.told.at(-1) ?? '', /x did not take the last 20 points and events/)
  })
})
