import assert from 'node:assert/strict'
import {
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { describe, test } from 'node:test'
import { FollowRoom } from '../../../../test/logs/follow-room.ts'

const timeout = 10_000

describe('createFileFollower()', { timeout }, () => {
  test('reads what is there, and what is added', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    room.write('a.log', 'two\n')
    await taker.until(() => taker.text === 'one\ntwo\n')
    room.write('a.log', 'three\n')
    await taker.until(() => taker.text === 'one\ntwo\nthree\n')
    assert.equal(taker.files.length, 1)
    assert.equal(room.follower.openFiles(), 1)
  })

  test('reads from the end what is there at the start, and whole what comes later', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'old\n')
    const a = room.follow('a.log', { start: 'end' })
    const b = room.follow('b.log', { start: 'end' })
    await a.taker.until(() => a.taker.files.length === 1)
    assert.equal(a.taker.files[0]?.offset, 4)
    room.write('a.log', 'new\n')
    room.write('b.log', 'whole\n')
    await a.taker.until(() => a.taker.text === 'new\n')
    await b.taker.until(() => b.taker.text === 'whole\n')
  })

  test('opens a file as soon as it is made, and reads it although it is deleted at once', async () => {
    using room = new FollowRoom()
    const { taker, following } = room.follow('short.log', { rotation: 'numbered' })
    room.write('short.log', 'hello\n')
    await taker.until(() => taker.text === 'hello\n')
    room.write('short.log', 'bye\n')
    rmSync(room.path('short.log'))
    await following.finish()
    assert.equal(taker.text, 'hello\nbye\n')
    assert.ok(taker.isEnded)
    assert.equal(room.follower.openFiles(), 0)
  })

  test('reads the rest of a renamed file before the new one', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker, following } = room.follow('a.log', { rotation: 'numbered' })
    await taker.until(() => taker.text === 'one\n')
    room.write('a.log', 'two\n')
    renameSync(room.path('a.log'), room.path('a.log.1'))
    room.write('a.log', 'three\n')
    await taker.until(() => taker.text === 'one\ntwo\nthree\n')
    assert.deepEqual(
      taker.files.map(({ offset, isOver }) => [offset, isOver]),
      [
        [0, true],
        [0, false],
      ],
    )
    assert.equal(following.standing().rotations, 1)
  })

  test('keeps every file of many rotations between two looks', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'first\n')
    const { taker } = room.follow('a.log', { rotation: 'numbered' })
    await taker.until(() => taker.text === 'first\n')
    room.write('a.log', 'and last\n')
    renameSync(room.path('a.log'), room.path('a.log.3'))
    room.write('a.log.2', 'second\n')
    room.write('a.log.1', 'third\n')
    room.write('a.log', 'fourth\n')
    await taker.until(() => taker.text.endsWith('fourth\n'))
    assert.equal(taker.text, 'first\nand last\nsecond\nthird\nfourth\n')
  })

  test('begins anew in a file that was cut', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\ntwo\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\ntwo\n')
    truncateSync(room.path('a.log'))
    room.write('a.log', 'new\n')
    await taker.until(() => taker.text === 'one\ntwo\nnew\n')
    assert.notEqual(taker.files[0]?.fileId, taker.files.at(-1)?.fileId)
    assert.equal(taker.files.at(-1)?.offset, 0)
  })

  test('sees by its first line that a file was cut and is longer again', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    writeFileSync(room.path('a.log'), 'another and longer\n')
    await taker.until(() => taker.text === 'one\nanother and longer\n')
  })

  test('sees by its first line that a file was cut and filled again to the very byte', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker, following } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    writeFileSync(room.path('a.log'), 'two\n')
    await following.drained()
    assert.equal(taker.text, 'one\ntwo\n')
  })

  test('goes on in the copy of what was cut before it was read', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    writeFileSync(room.path('a.log.1'), 'one\nunread\n')
    writeFileSync(room.path('a.log'), '')
    room.write('a.log', 'x\n')
    await taker.until(() => taker.text === 'one\nunread\nx\n')
  })

  test('takes a file at the same path for a new one, though it begins with the same line', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'begin\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'begin\n')
    rmSync(room.path('a.log'))
    room.write('a.log', 'begin\nagain\n')
    await taker.until(() => taker.text === 'begin\nbegin\nagain\n')
  })

  test('puts what comes late into a renamed file between the lines of the new one', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    renameSync(room.path('a.log'), room.path('a.log.1'))
    room.write('a.log', 'two\nthe')
    await taker.until(() => taker.text === 'one\ntwo\nthe')
    room.write('a.log.1', 'late\n')
    room.write('a.log', ' end\n')
    await taker.until(() => taker.text === 'one\ntwo\nthe end\nlate\n')
    room.write('a.log', 'more\n')
    await taker.until(() => taker.text === 'one\ntwo\nthe end\nlate\nmore\n')
    const [first, second, late, last] = taker.files
    assert.deepEqual([late?.fileId, late?.offset], [first?.fileId, 4])
    assert.deepEqual([last?.fileId, last?.offset], [second?.fileId, 12])
  })

  test('follows the target of a link, and its rotation', async () => {
    using room = new FollowRoom()
    mkdirSync(room.path('pods'))
    room.write('pods/0.log', 'one\n')
    symlinkSync(room.path('pods/0.log'), room.path('link.log'))
    const { taker } = room.follow('link.log', { rotation: 'stamped' })
    await taker.until(() => taker.text === 'one\n')
    room.write('pods/0.log', 'two\n')
    renameSync(room.path('pods/0.log'), room.path('pods/0.log.20240101-120000'))
    room.write('pods/0.log', 'three\n')
    await taker.until(() => taker.text === 'one\ntwo\nthree\n')
  })

  test('says why something cannot be followed, and goes on once it can', async () => {
    using room = new FollowRoom()
    mkdirSync(room.path('a.log'))
    const { taker, faults, following } = room.follow('a.log')
    await following.drained()
    assert.deepEqual(faults, [`Cannot read ${room.path('a.log')}: it is no file`])
    rmSync(room.path('a.log'), { recursive: true })
    room.write('a.log', 'now\n')
    await taker.until(() => taker.text === 'now\n')
    assert.equal(faults.length, 1)
  })

  test('opens no more files than it may, and says which setting allows more', async () => {
    using room = new FollowRoom({ openFilesLimit: 2 })
    const names = ['a.log', 'b.log', 'c.log', 'd.log']
    for (const name of names) room.write(name, `${name}\n`)
    const all = names.map((name) => room.follow(name))
    assert.equal(room.follower.openFiles(), 2)
    assert.deepEqual(
      all.map(({ faults }) => faults.length),
      [0, 0, 1, 0],
    )
    assert.match(all[2]?.faults[0] ?? '', /logs_config\.open_files_limit/)
    for (const { following, taker } of all) {
      await following.finish()
      assert.equal(taker.text.length, 6)
    }
  })

  test('reads nothing while there is no room', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    let isFull = true
    using room = new FollowRoom({ room: () => (isFull ? promise : undefined) })
    room.write('a.log', 'one\n')
    const { taker, following } = room.follow('a.log', { rotation: 'numbered' })
    await new Promise(setImmediate)
    await new Promise(setImmediate)
    renameSync(room.path('a.log'), room.path('a.log.1'))
    room.write('a.log', 'two\n')
    const drained = following.drained()
    rmSync(room.path('a.log.1'))
    assert.deepEqual(taker.files, [])
    assert.equal(following.unreadBytes(), 8 - following.standing().readBytes)
    isFull = false
    resolve()
    await drained
    assert.equal(taker.text, 'one\ntwo\n')
  })

  test('lets a quiet file have its turn beside one that is long', async () => {
    using room = new FollowRoom()
    room.write('long.log', `${'x'.repeat(99)}\n`.repeat(100_000))
    room.write('quiet.log', 'here\n')
    const long = room.follow('long.log')
    const quiet = room.follow('quiet.log')
    await quiet.taker.until(() => quiet.taker.text === 'here\n')
    assert.ok(long.taker.text.length < 10_000_000)
    await long.following.drained()
    assert.equal(long.taker.text.length, 10_000_000)
  })

  test('hands on an unfinished first line after the wait', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'prompt> ')
    const { taker } = room.follow('a.log')
    const moving = setInterval(() => (room.nowMs += 100), 5)
    await taker.until(() => taker.settledAtMs.length > 0 && taker.text === 'prompt> ')
    clearInterval(moving)
    room.write('a.log', 'yes\n')
    await taker.until(() => taker.text === 'prompt> yes\n')
    assert.equal(taker.files.length, 1)
  })

  test('closes a file that was deleted once nothing more comes', async () => {
    using room = new FollowRoom({ scanPeriodMs: 20 })
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log')
    await taker.until(() => taker.text === 'one\n')
    rmSync(room.path('a.log'))
    const moving = setInterval(() => (room.nowMs += 10_000), 5)
    await taker.until(() => taker.files[0]?.isOver === true)
    clearInterval(moving)
    assert.equal(room.follower.openFiles(), 0)
    room.write('a.log', 'one\n')
    await taker.until(() => taker.text === 'one\none\n')
  })

  test('keeps what was deleted before it could be read, as far as it may', async () => {
    let room: Promise<void> | undefined
    const opened = Promise.withResolvers<void>()
    room = opened.promise
    using folder = new FollowRoom({ scanPeriodMs: 20, heldBytes: 4, room: () => room })
    folder.write('a.log', 'one\n')
    const { taker } = folder.follow('a.log', { rotation: 'numbered' })
    rmSync(folder.path('a.log'))
    const moving = setInterval(() => (folder.nowMs += 10_000), 5)
    while (folder.nowMs < 1_300_000) await new Promise(setImmediate)
    clearInterval(moving)
    room = undefined
    opened.resolve()
    await taker.until(() => taker.text === 'one\n')
  })

  test('lets go of what was deleted before it could be read, beyond what it may keep, and counts it', async () => {
    const never = new Promise<void>(() => undefined)
    using room = new FollowRoom({ scanPeriodMs: 20, heldBytes: 3, room: () => never })
    room.write('a.log', 'one\n')
    const { following } = room.follow('a.log', { rotation: 'numbered' })
    rmSync(room.path('a.log'))
    const moving = setInterval(() => (room.nowMs += 10_000), 5)
    while (following.standing().lostBytes === 0) await new Promise(setImmediate)
    clearInterval(moving)
    assert.deepEqual(following.standing(), { readBytes: 0, lostBytes: 4, rotations: 0 })
    assert.equal(following.unreadBytes(), 0)
    assert.equal(room.follower.openFiles(), 0)
  })

  test('follows without inotify', async () => {
    using room = new FollowRoom({ isBlind: true, scanPeriodMs: 20 })
    room.write('a.log', 'one\n')
    const { taker } = room.follow('a.log', { rotation: 'numbered' })
    await taker.until(() => taker.text === 'one\n')
    room.write('a.log', 'two\n')
    await taker.until(() => taker.text === 'one\ntwo\n')
    renameSync(room.path('a.log'), room.path('a.log.1'))
    room.write('a.log', 'three\n')
    await taker.until(() => taker.text === 'one\ntwo\nthree\n')
  })

  test('looks at everything after the queue of the kernel has run over', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const { taker, following } = room.follow('a.log')
    const other = room.follow('b.log')
    // At the second time there was nothing to read: from then on only the kernel tells.
    for (let times = 0; times < 2; times += 1) await following.drained()
    const limit = Number(readFileSync('/proc/sys/fs/inotify/max_queued_events', 'utf8'))
    room.write('x', '')
    // Two events each.
    for (let at = 0; at < limit / 4 + 1; at += 1) {
      renameSync(room.path('x'), room.path('y'))
      renameSync(room.path('y'), room.path('x'))
    }
    room.write('a.log', 'two\n')
    room.write('b.log', 'new\n')
    await taker.until(() => taker.text === 'one\ntwo\n')
    await other.taker.until(() => other.taker.text === 'new\n')
    for (let times = 0; times < 2; times += 1) await following.drained()
    room.write('a.log', 'three\n')
    await taker.until(() => taker.text === 'one\ntwo\nthree\n')
  })
})
