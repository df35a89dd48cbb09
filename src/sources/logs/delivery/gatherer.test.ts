import assert from 'node:assert/strict'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { within } from '../../../../test/agent/environment.ts'
import {
  name,
  origin,
  ReadFile,
  setUp,
  type Shipped,
} from '../../../../test/agent/gatherer-stage.ts'

describe('createGatherer()', { timeout: 60_000 }, () => {
  test('ships lines of all origins together, 200 ms after the first', async (t) => {
    const { receiver, gatherer } = await setUp(t)
    const [a, b] = [new ReadFile(gatherer, name), new ReadFile(gatherer, 'file:/b.log')]
    const db = { ...origin, containerName: 'db' }
    b.account.setOrigin(db)
    a.read('one')
    t.mock.timers.tick(150)
    b.read('two')
    a.read('three')
    t.mock.timers.tick(49)
    assert.equal(receiver.shipped.length, 0)
    t.mock.timers.tick(1)
    assert.deepEqual(receiver.at(0).lines, ['one', 'two', 'three'])
    assert.deepEqual(receiver.at(0).origins, [origin, db, origin])
  })

  test('moves the pointer when the server has stored, not before', async (t) => {
    const { receiver, gatherer, wait, pointer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.read('one', 'two')
    wait()
    file.read('three')
    await turn()
    assert.equal(pointer(), 0)
    receiver.at(0).settle('stored')
    await turn()
    assert.equal(pointer(), 20)
  })

  test('does not move the pointer past a block that is still on its way', async (t) => {
    const { receiver, gatherer, wait, pointer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    const other = new ReadFile(gatherer, 'file:/b.log')
    for (const line of ['one', 'two', 'three']) {
      file.read(line)
      if (line === 'two') other.read('x')
      wait()
      await turn()
    }
    receiver.at(2).settle('stored')
    receiver.at(1).settle('stored')
    await turn()
    assert.equal(pointer(), 0)
    assert.equal(pointer('file:/b.log'), 10, 'the slow block has none of its lines')
    receiver.at(0).settle('stored')
    await turn()
    assert.equal(pointer(), 30)
  })

  test('moves the pointer past what gave no line, behind the lines before it', async (t) => {
    const { receiver, gatherer, wait, pointer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.drop()
    wait()
    assert.equal(pointer(), 10)
    assert.equal(receiver.shipped.length, 0)
    file.read('one')
    wait()
    for (let count = 0; count < 3; count += 1) {
      file.drop()
      wait()
    }
    assert.equal(pointer(), 10)
    receiver.at(0).settle('stored')
    await turn()
    assert.equal(pointer(), 50)
  })

  test('goes on after a kill where the pointer file says, and sends nothing that was settled before', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatherer-'))
    t.after(() => rm(folder, { recursive: true }))
    const killed = await setUp(t, { folder })
    const file = new ReadFile(killed.gatherer, name)
    for (const line of ['one', 'two', 'three']) {
      file.read(line)
      killed.wait()
      await turn()
    }
    killed.receiver.at(0).settle('stored')
    killed.receiver.at(2).settle('stored')
    await turn()
    await killed.registry.flush()
    t.mock.timers.reset()
    const { gatherer, receiver, wait, pointer } = await setUp(t, { folder })
    const again = new ReadFile(gatherer, name)
    assert.equal(again.offset, 10)
    again.read('two', 'three')
    wait()
    receiver.at(0).settle('stored')
    await turn()
    assert.equal(pointer(), 30)
    const [ledger] = gatherer.ledgers(1)
    assert.deepEqual(
      [ledger?.readLines, ledger?.sentLines, ledger?.readBytes, ledger?.sentBytes],
      [3, 3, 30, 'onetwothree'.length],
    )
  })

  test('counts what was shipped before a kill and cannot be read again', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatherer-'))
    t.after(() => rm(folder, { recursive: true }))
    const killed = await setUp(t, { folder })
    const file = new ReadFile(killed.gatherer, name)
    file.read('one')
    killed.wait()
    killed.receiver.at(0).settle('stored')
    await turn()
    file.read('two')
    file.account.begin({ fileId: 8n, offset: 0 })
    file.read('three')
    killed.wait()
    file.read('four')
    file.account.begin({ fileId: 9n, offset: 0 })
    t.mock.timers.reset()
    for (const [fileId, readLines] of [
      [7n, 3],
      [8n, 2],
      [9n, 3],
      [10n, 3],
    ] as const) {
      const copy = await mkdtemp(join(tmpdir(), 'gatherer-'))
      t.after(() => rm(copy, { recursive: true }))
      await cp(folder, copy, { recursive: true })
      const { gatherer } = await setUp(t, { folder: copy })
      const again = new ReadFile(gatherer, name, { fileId, offset: fileId === 7n ? 10 : 0 })
      if (fileId === 7n) again.read('two', 'three')
      const [ledger] = gatherer.ledgers(1)
      assert.deepEqual(
        [ledger?.readLines, ledger?.sentLines, ledger?.unansweredLines, ledger?.waitingLines],
        fileId === 7n ? [readLines, 1, 0, 2] : [readLines, 1, readLines - 1, 0],
        `in file ${fileId}`,
      )
      t.mock.timers.reset()
    }
  })

  test('counts what is refused, and moves on', async (t) => {
    const { receiver, gatherer, wait, pointer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    file.read('one', 'two')
    wait()
    receiver.at(0).settle('refused')
    await turn()
    file.read('three')
    wait()
    assert.equal(pointer(), 20)
    const [ledger] = gatherer.ledgers(5)
    assert.deepEqual(ledger, {
      kind: 'log-ledger',
      host: 'box-1',
      name,
      containerId: origin.containerId,
      containerName: 'web',
      timeMs: 5,
      way: 'file',
      writtenBytes: 30,
      readBytes: 30,
      readLines: 3,
      sentBytes: 0,
      sentLines: 0,
      droppedLines: 0,
      refusedLines: 2,
      truncatedLines: 0,
      lostBytes: 0,
      rotations: 0,
      waitingLines: 1,
      unansweredLines: 0,
    })
  })

  test('has no room while too many compressed bytes are on their way', async (t) => {
    const { receiver, gatherer, wait } = await setUp(t, { inFlightBytes: 100 })
    receiver.packedBytes = 60
    const file = new ReadFile(gatherer, name)
    file.read('one')
    wait()
    await turn()
    assert.equal(gatherer.room(), undefined)
    file.read('two')
    wait()
    await turn()
    const room = gatherer.room()
    assert.ok(room)
    assert.equal(await Promise.race([room, turn('none yet')]), 'none yet')
    receiver.at(1).settle('stored')
    await within(1000, room)
    assert.equal(gatherer.room(), undefined)
  })

  test('closes a full block before its time, once the bytes at hand are read', async (t) => {
    const { receiver, gatherer } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    const line = 'x'.repeat(128 * 1024)
    file.read(...Array<string>(30).fill(line))
    assert.equal(
      receiver.shipped.length,
      0,
      'whoever hands lines over may be asked in the middle of it',
    )
    await turn()
    assert.equal(receiver.at(0).lines.length, 30)
  })

  test('has room again at once when a full block can be shipped', async (t) => {
    const { receiver, gatherer } = await setUp(t)
    new ReadFile(gatherer, name).read(...Array<string>(30).fill('x'.repeat(128 * 1024)))
    assert.equal(gatherer.room(), undefined)
    assert.equal(receiver.shipped.length, 1)
  })

  test('packs one block at a time, and has no room while the next is full', async (t) => {
    const { receiver, gatherer } = await setUp(t)
    receiver.packedBytes = undefined
    const file = new ReadFile(gatherer, name)
    const fill = async (): Promise<void> => {
      file.read(...Array<string>(8).fill('x'.repeat(128 * 1024)))
      await turn()
    }
    await fill()
    assert.equal(gatherer.room(), undefined)
    await fill()
    const room = gatherer.room()
    assert.ok(room)
    assert.equal(receiver.shipped.length, 1)
    receiver.at(0).pack(1)
    await within(1000, room)
    assert.equal(receiver.shipped.length, 2)
  })

  test('uses the memory of a block again once it is packed, stored or not', async (t) => {
    const { receiver, gatherer, wait } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    for (let count = 0; count < 20; count += 1) {
      file.read('one')
      wait()
      await turn()
    }
    assert.equal(new Set(receiver.shipped.map(({ memory }) => memory)).size, 2)
  })

  test('gathers in one block what is printed while many are on their way', async (t) => {
    const { receiver, gatherer, wait } = await setUp(t)
    const file = new ReadFile(gatherer, name)
    for (let count = 0; count < 200; count += 1) {
      file.read(`line ${count}`)
      wait()
      await turn()
    }
    assert.equal(receiver.shipped.length, 128)
    assert.equal(gatherer.room(), undefined)
    receiver.at(7).settle('stored')
    await turn()
    assert.equal(receiver.shipped.length, 129)
    assert.equal(receiver.at(128).lines.length, 72)
  })

  test('ships what is open when it closes, waits for it, and writes the pointer file', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'gatherer-'))
    t.after(() => rm(folder, { recursive: true }))
    const { receiver, gatherer } = await setUp(t, { folder })
    new ReadFile(gatherer, name).read('last')
    const closed = gatherer.close(new AbortController().signal)
    await turn()
    receiver.at(0).settle('stored')
    await closed
    t.mock.timers.reset()
    assert.equal((await setUp(t, { folder })).pointer(), 10)
  })

  for (const [how, end] of [
    ['its time is over', (stop: AbortController) => stop.abort()],
    ['what is on its way was given up', (_stop: unknown, shipped: Shipped) => shipped.abandon()],
  ] as const) {
    test(`closes when ${how}, and leaves the pointer`, async (t) => {
      const { receiver, gatherer, pointer } = await setUp(t)
      const file = new ReadFile(gatherer, name)
      file.read('last')
      const stop = new AbortController()
      const closed = gatherer.close(stop.signal)
      await turn()
      end(stop, receiver.at(0))
      await within(1000, closed)
      assert.equal(pointer(), 0)
      assert.equal(gatherer.ledgers(1)[0]?.waitingLines, 1)
    })
  }
})
