import assert from 'node:assert/strict'
import { mkdirSync, rmSync } from 'node:fs'
import { describe, test } from 'node:test'
import { FollowRoom } from '../../../../test/logs/follow-room.ts'
import { GlobError } from './glob.ts'

/** What was told, to be waited for. */
class Told<Item> {
  readonly all: Item[] = []
  #wake = Promise.withResolvers<void>()

  readonly add = (item: Item): void => {
    this.all.push(item)
    this.#wake.resolve()
  }

  async until(isTrue: (last: Item | undefined) => boolean): Promise<void> {
    while (!isTrue(this.all.at(-1))) {
      this.#wake = Promise.withResolvers()
      await this.#wake.promise
    }
  }
}

describe('watchFiles()', { timeout: 60_000 }, () => {
  test('tells the files that match at the start, and after each change', async () => {
    using room = new FollowRoom()
    room.write('a.log', '')
    room.write('not.txt', '')
    const told = new Told<readonly string[]>()
    const pattern = { path: room.path('*.log'), exclude: [room.path('x*')] }
    room.follower.watchFiles(pattern, told.add)
    assert.deepEqual(told.all, [[room.path('a.log')]])
    room.write('xb.log', '')
    room.write('b.log', '')
    await told.until((files) => files?.length === 2)
    assert.deepEqual(told.all.at(-1), [room.path('a.log'), room.path('b.log')])
    rmSync(room.path('a.log'))
    await told.until((files) => files?.length === 1)
    assert.deepEqual(told.all.at(-1), [room.path('b.log')])
  })

  test('sees files in folders that are made later', async () => {
    using room = new FollowRoom()
    const told = new Told<readonly string[]>()
    room.follower.watchFiles({ path: room.path('app/*/x.log'), exclude: [] }, told.add)
    assert.deepEqual(told.all, [[]])
    mkdirSync(room.path('app'))
    mkdirSync(room.path('app/one'))
    room.write('app/one/x.log', '')
    await told.until((files) => files?.length === 1)
    mkdirSync(room.path('app/two'))
    room.write('app/two/x.log', '')
    await told.until((files) => files?.length === 2)
  })

  test('tells nothing after it is closed', async () => {
    using room = new FollowRoom()
    const told = new Told<readonly string[]>()
    const other = new Told<readonly string[]>()
    const pattern = { path: room.path('*'), exclude: [] }
    const watched = room.follower.watchFiles(pattern, told.add)
    room.follower.watchFiles(pattern, other.add)
    watched.close()
    room.write('a.log', '')
    await other.until((files) => files?.length === 1)
    assert.deepEqual(told.all, [[]])
  })

  test('refuses a pattern that cannot be read', () => {
    using room = new FollowRoom()
    const pattern = { path: room.path('[a'), exclude: [] }
    assert.throws(() => room.follower.watchFiles(pattern, () => undefined), GlobError)
  })
})

describe('watchFolder()', { timeout: 60_000 }, () => {
  test('tells each entry that is made, once each time', async () => {
    using room = new FollowRoom()
    mkdirSync(room.path('old'))
    const told = new Told<string>()
    room.follower.watchFolder(room.folder, told.add)
    mkdirSync(room.path('new'))
    await told.until((name) => name === 'new')
    rmSync(room.path('new'), { recursive: true })
    mkdirSync(room.path('new'))
    mkdirSync(room.path('last'))
    await told.until((name) => name === 'last')
    assert.deepEqual(told.all, ['new', 'new', 'last'])
  })

  test('finds a folder that is made later, and without inotify what is made in it', async () => {
    for (const isBlind of [true, false]) {
      using room = new FollowRoom({ isBlind, scanPeriodMs: 20 })
      const told = new Told<string>()
      room.follower.watchFolder(room.path('containers'), told.add)
      mkdirSync(room.path('containers'))
      mkdirSync(room.path('containers/one'))
      await told.until((name) => name === 'one')
      mkdirSync(room.path('containers/two'))
      await told.until((name) => name === 'two')
      assert.deepEqual(told.all, ['one', 'two'])
    }
  })
})
