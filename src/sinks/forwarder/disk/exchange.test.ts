import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openFaultyIntake } from '../../../../test/agent/faulty-intake.ts'
import { runForwarder, stopClock, type ForwarderRun } from '../../../../test/agent/run-forwarder.ts'

const away = 'http://127.0.0.1:9'

describe('a forwarder with room on disk', { timeout: 60_000 }, () => {
  let parent: string
  /** Made by the forwarder. */
  let folder: string
  const files = async (ending = '.payloads'): Promise<readonly string[]> => {
    const all = await readdir(folder, { recursive: true }).catch(() => [])
    return all.filter((path) => path.endsWith(ending)).map((path) => join(folder, path))
  }
  const pushEachSecond = async (run: ForwarderRun, count: number, from = 0): Promise<void> => {
    for (let n = from; n < from + count; n += 1) {
      run.push(`payload ${n}`)
      await run.pass(1)
    }
  }
  const names = (count: number): readonly string[] =>
    Array.from({ length: count }, (_one, n) => `payload ${n}`)

  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    folder = join(parent, 'agent', 'forwarder')
  })
  afterEach(() => rm(parent, { recursive: true }))

  test('writes nothing as long as all is well', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    const run = runForwarder(t, { url: intake.url, folder })
    await pushEachSecond(run, 20)
    await run.stop()
    assert.deepEqual(await readdir(parent), [])
  })

  test('has in an outage all on disk that waits longer than some seconds, for itself alone', async (t) => {
    stopClock(t)
    const run = runForwarder(t, { url: away, folder, headers: { 'dd-api-key': 'planted-key' } })
    await pushEachSecond(run, 30)
    await run.passUntil(() => run.endpoint().memoryBytes <= 'payload 00'.length)
    const { diskBytes, waiting } = run.endpoint()
    assert.equal(waiting, 30)
    const [file = ''] = await files()
    assert.equal((await stat(file)).size, diskBytes)
    assert.equal((await stat(file)).mode & 0o777, 0o600)
    for (const path of [folder, join(file, '..'), join(file, '..', '..')])
      assert.equal((await stat(path)).mode & 0o777, 0o700, path)
    assert.doesNotMatch(await readFile(file, 'utf8'), /planted-key/)
    await run.stop()
  })

  test('keeps what is left at the stop, and delivers it after the next start', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const first = runForwarder(t, { url: intake.url, folder })
    await pushEachSecond(first, 20)
    await first.stop()
    assert.deepEqual(first.dropped(), {})
    intake.treat = () => 202
    const second = runForwarder(t, { url: intake.url, folder })
    await second.passUntil(() => intake.taken.size === 20 && second.endpoint().waiting === 0)
    assert.deepEqual([...intake.taken.keys()].toSorted(), names(20).toSorted())
    assert.equal(second.endpoint().diskBytes, 0)
    await second.stop()
    assert.deepEqual(await files(), [])
    assert.deepEqual([...new Set(intake.taken.values())], [1])
  })

  test('goes on behind what was delivered before the stop', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const first = runForwarder(t, { url: intake.url, folder })
    await pushEachSecond(first, 40)
    intake.treat = () => (intake.taken.size < 15 ? 202 : 503)
    await first.passUntil(() => intake.taken.size === 15)
    await first.pass(1)
    await first.stop()
    intake.treat = () => 202
    const second = runForwarder(t, { url: intake.url, folder })
    await second.passUntil(() => intake.taken.size === 40 && second.endpoint().waiting === 0)
    assert.deepEqual([...new Set(intake.taken.values())], [1])
    await second.stop()
  })

  test('sends the newest first after an outage, with a share for the oldest', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const settings = { connections: 1, memoryBytes: 16_000 }
    const run = runForwarder(t, { url: intake.url, folder, settings })
    await pushEachSecond(run, 200)
    intake.treat = () => 202
    await run.passUntil(() => intake.taken.size === 200)
    const order = [...intake.taken.keys()].map((name) => Number(name.slice('payload '.length)))
    const [first = 0, ...others] = order.slice(0, 30)
    assert.ok(first >= 180, `${first} is sent first`)
    // While the next file is read, what is there is sent.
    const newest = others.filter((n) => n >= 100).length
    const oldest = others.filter((n) => n < 50).length
    assert.ok(newest >= 5 && oldest >= 1, order.join(' '))
    await run.stop()
  })

  test('keeps what goes in order in its order, through the disk', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const settings = { connections: 1 }
    const run = runForwarder(t, { url: intake.url, folder, settings })
    for (let n = 0; n < 50; n += 1) {
      run.push(String(n), { order: 'oldest-first' })
      await run.pass(1)
    }
    intake.treat = () => 202
    await run.passUntil(() => intake.taken.size === 50)
    const order = [...intake.taken.keys()].map(Number)
    // Whatever is tried while the server fails makes room for the next.
    assert.deepEqual(
      order.slice(1),
      order.slice(1).toSorted((a, b) => a - b),
    )
    await run.stop()
  })

  test('writes neither what is urgent nor what is soon outdated', async (t) => {
    stopClock(t)
    const run = runForwarder(t, { url: away, folder })
    run.push('urgent', { priority: 'high' })
    run.push('now', { replacesOlder: true })
    await run.pass(30)
    await run.stop()
    assert.deepEqual(await files(), [])
    assert.deepEqual(run.dropped(), { 'x.undelivered_at_stop': 2 })
  })

  test('lets the oldest give way when the disk has no more room, and counts them', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 503
    const disk = { maxBytes: 20_000 }
    const run = runForwarder(t, { url: intake.url, folder, disk })
    const body = (n: number): string => String(n).padStart(500, '0')
    for (let n = 0; n < 100; n += 1) {
      run.push(body(n), { count: 10 })
      await run.pass(1)
      assert.ok(run.endpoint().diskBytes <= 20_000)
    }
    intake.treat = () => 202
    await run.passUntil(() => run.endpoint().waiting === 0)
    const lost = 100 - intake.taken.size
    assert.ok(lost > 50 && lost < 90, `${lost} lost`)
    assert.deepEqual(run.dropped(), { 'x.disk_full': lost * 10 })
    const kept = [...intake.taken.keys()].map(Number).toSorted((a, b) => a - b)
    assert.deepEqual(
      kept,
      Array.from({ length: 100 - lost }, (_one, at) => lost + at),
    )
    await run.stop()
  })

  test('deletes what is outdated', async (t) => {
    stopClock(t)
    const first = runForwarder(t, { url: away, folder })
    await pushEachSecond(first, 10)
    await first.stop()
    assert.equal((await files()).length, 1)
    t.mock.timers.setTime(Date.now() + 11 * 86_400_000)
    const second = runForwarder(t, { url: away, folder })
    await second.passUntil(() => 'x.outdated' in second.dropped())
    assert.deepEqual(second.dropped(), { 'x.outdated': 10 })
    await second.stop()
    assert.deepEqual(await files(), [])
  })

  test('writes nothing to a file system that is full enough, and says so once', async (t) => {
    stopClock(t)
    const run = runForwarder(t, { url: away, folder, disk: { maxUsedRatio: 0 } })
    await pushEachSecond(run, 100)
    assert.deepEqual(await files(), [])
    assert.equal(run.endpoint().waiting, 100)
    const told = run.told.filter((sentence) => sentence.includes('no room'))
    assert.equal(told.length, 1)
    assert.match(told[0] ?? '', /0 % of the file system.*it waits in memory/)
    await run.stop()
  })

  test('goes on in memory where the folder cannot be made, and says so once', async (t) => {
    stopClock(t)
    await writeFile(join(parent, 'agent'), 'no folder')
    const run = runForwarder(t, { url: away, folder })
    await pushEachSecond(run, 100)
    assert.equal(run.endpoint().waiting, 100)
    assert.equal(run.told.filter((sentence) => sentence.includes('ENOTDIR')).length, 1)
    await run.stop()
    assert.deepEqual(run.dropped(), { 'x.undelivered_at_stop': 100 })
  })

  test('leaves the folder to the agent that has it, and takes it over when that one stops', async (t) => {
    stopClock(t)
    const first = runForwarder(t, { url: away, folder })
    await pushEachSecond(first, 10)
    const second = runForwarder(t, { url: away, folder })
    await pushEachSecond(second, 10)
    assert.equal(second.endpoint().diskBytes, 0)
    assert.match(
      second.told.at(-1) ?? '',
      /another agent uses it; give this one a folder of its own/,
    )
    await first.stop()
    await second.passUntil(() => second.endpoint().waiting === 20)
    await second.stop()
    assert.deepEqual([first.dropped(), second.dropped()], [{}, {}])
  })

  test('keeps what is sound of a torn file, and sets the rest aside', async (t) => {
    stopClock(t)
    const first = runForwarder(t, { url: away, folder })
    await pushEachSecond(first, 10)
    await first.stop()
    const [file = ''] = await files()
    const torn = join(
      file,
      '..',
      file
        .split('/')
        .at(-1)
        ?.replace(/-10-10-/, '-open-') ?? '',
    )
    await writeFile(torn, await readFile(file))
    await rm(file)
    await appendFile(torn, 'W torn')
    const second = runForwarder(t, { url: away, folder })
    await second.passUntil(() => second.told.some((text) => text.includes('cannot be read')))
    assert.match(second.told[0] ?? '', /^The last 6 bytes of .* set aside/)
    assert.equal(second.endpoint().waiting, 10)
    await second.stop()
    const [damaged = ''] = await files('.damaged')
    assert.equal(await readFile(damaged, 'utf8'), 'W torn')
    const third = runForwarder(t, { url: away, folder })
    await third.passUntil(() => third.endpoint().waiting === 10)
    await third.stop()
    assert.deepEqual(
      third.told.filter((sentence) => sentence.includes('cannot be read')),
      [],
    )
  })

  test('sets aside a file that is none of ours', async (t) => {
    stopClock(t)
    const first = runForwarder(t, { url: away, folder })
    await pushEachSecond(first, 10)
    await first.stop()
    const [file = ''] = await files()
    await writeFile(file, 'garbage')
    const second = runForwarder(t, { url: away, folder })
    await second.passUntil(() => second.told.some((text) => text.includes('cannot be read')))
    await second.stop()
    assert.deepEqual(await files(), [])
    assert.equal((await files('.damaged')).length, 1)
  })

  test('sets a poisoned payload aside with what was answered, also after it was on disk', async (t) => {
    stopClock(t)
    await using intake = await openFaultyIntake()
    intake.treat = () => 500
    const run = runForwarder(t, { url: intake.url, folder })
    run.push('poison', { count: 3 })
    await pushEachSecond(run, 20)
    intake.treat = (body) => (body === 'poison' ? 500 : 202)
    let pushed = 20
    await run.passUntil(() => {
      run.push(`payload ${pushed}`)
      pushed += 1
      return run.endpoint().setAside > 0
    })
    await run.passUntil(() => run.endpoint().waiting === 0)
    assert.equal(intake.taken.size, pushed)
    const [body = ''] = await files('.body')
    assert.equal(await readFile(body, 'utf8'), 'poison')
    const about = JSON.parse(await readFile(body.replace(/body$/, 'json'), 'utf8'))
    assert.deepEqual(
      [about.route, about.status, about.text, about.items],
      ['/api/v2/series', 500, 'status 500', 3],
    )
    assert.ok(about.tries >= 12)
    assert.ok(run.endpoint().message.includes(body), run.endpoint().message)
    assert.deepEqual(run.dropped(), { 'x.set_aside': 3 })
    await run.stop()
    assert.deepEqual(await files(), [])
  })
})
