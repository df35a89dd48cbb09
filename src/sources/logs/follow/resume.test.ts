import assert from 'node:assert/strict'
import { existsSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { FollowRoom } from '../../../../test/logs/follow-room.ts'
import type { Place } from '../entry.ts'
import type { FollowRequest } from './follow.ts'

const timed = { rotation: 'numbered', hasTimedLines: true } as const

/** Reads all that is there, then stops as a process does that is killed. */
async function readFor(room: FollowRoom, request: Partial<FollowRequest>): Promise<Place> {
  const { taker, following } = room.follow('a.log', request)
  await following.drained()
  following.close()
  return taker.resumeAt()
}

/** What is read after the start with a kept place. */
async function readOn(room: FollowRoom, request: Partial<FollowRequest>): Promise<string> {
  const { taker, following } = room.follow('a.log', request)
  await following.finish()
  return taker.text
}

function compress(room: FollowRoom, name: string): void {
  writeFileSync(room.path(`${name}.gz`), gzipSync(readFileSync(room.path(name))))
  rmSync(room.path(name))
}

describe('follow() after a restart', { timeout: 60_000 }, () => {
  test('goes on where it ended', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, {})
    room.write('a.log', 'two\n')
    assert.equal(await readOn(room, { resume, start: 'end' }), 'two\n')
  })

  test('goes on where another agent ended, which knew the name alone, if the file is as long', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\ntwo\n')
    const resumeAt = (offset: number): Partial<FollowRequest> => ({
      resume: { fileId: 0n, offset },
      start: 'end',
    })
    assert.equal(await readOn(room, resumeAt(4)), 'two\n')
    assert.equal(await readOn(room, resumeAt(400)), 'one\ntwo\n')
  })

  test('goes on in a file that was rotated twice, then reads the newer ones', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, timed)
    room.write('a.log', 'rest\n')
    renameSync(room.path('a.log'), room.path('a.log.2'))
    room.write('a.log.3', 'older\n')
    room.write('a.log.1', 'two\n')
    room.write('a.log', 'three\n')
    assert.equal(await readOn(room, { ...timed, resume }), 'rest\ntwo\nthree\n')
  })

  test('goes on in a file that was compressed meanwhile', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one of many lines\n'.repeat(20_000))
    const resume = await readFor(room, timed)
    room.write('a.log', 'rest\n')
    renameSync(room.path('a.log'), room.path('a.log.2'))
    compress(room, 'a.log.2')
    room.write('a.log.1', 'two\n')
    compress(room, 'a.log.1')
    room.write('a.log', 'three\n')
    assert.equal(await readOn(room, { ...timed, resume }), 'rest\ntwo\nthree\n')
  })

  test('reads the plain file while it is being compressed', async () => {
    using room = new FollowRoom()
    room.write('a.log.1', 'one\n')
    writeFileSync(room.path('a.log.1.gz'), gzipSync('one\n').subarray(0, 12))
    room.write('a.log', 'two\n')
    assert.equal(await readOn(room, timed), 'one\ntwo\n')
  })

  test('reads everything that Docker keeps when the kept file is gone', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, timed)
    rmSync(room.path('a.log'))
    room.write('a.log.2', 'two\n')
    room.write('a.log.1', 'three\n')
    room.write('a.log', 'four\n')
    assert.equal(await readOn(room, { ...timed, resume }), 'two\nthree\nfour\n')
  })

  test('reads only the file itself when the kept one is gone and nobody knows what was read', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, {})
    rmSync(room.path('a.log'))
    room.write('a.log.1', 'two\n')
    room.write('a.log', 'three\n')
    assert.equal(await readOn(room, { resume }), 'three\n')
  })

  test('goes on in the copy of a file that was cut meanwhile', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, {})
    room.write('a.log', 'rest\n')
    writeFileSync(room.path('a.log.1'), readFileSync(room.path('a.log')))
    writeFileSync(room.path('a.log'), 'two\n')
    assert.equal(await readOn(room, { resume }), 'rest\ntwo\n')
  })

  test('reads what was filled, copied and cut again behind the copy that it went on in', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'one\n')
    const resume = await readFor(room, {})
    room.write('a.log', 'rest\n')
    copyAndCut(room)
    const { taker, following } = room.follow('a.log', { resume })
    await following.drained()
    assert.equal(taker.text, 'rest\n')
    room.write('a.log', 'two\n')
    copyAndCut(room)
    await following.drained()
    assert.equal(taker.text, 'rest\ntwo\n')
  })

  test('knows a file again whose first line was not whole', async () => {
    using room = new FollowRoom()
    room.write('a.log', 'half')
    const { taker, following } = room.follow('a.log')
    const moving = setInterval(() => (room.nowMs += 100), 5)
    await taker.until(() => taker.text === 'half')
    clearInterval(moving)
    following.close()
    room.write('a.log', ' and half\n')
    assert.equal(await readOn(room, { resume: taker.resumeAt() }), ' and half\n')
  })

  test('reads all files of the kubelet from the oldest when nothing is kept', async () => {
    using room = new FollowRoom()
    room.write('a.log.20240102-000000', 'two\n')
    room.write('a.log.20240101-000000', 'one\n')
    compress(room, 'a.log.20240101-000000')
    room.write('a.log.20240103-000000.tmp', 'not this\n')
    room.write('a.log', 'three\n')
    const { taker, following } = room.follow('a.log', { rotation: 'stamped', hasTimedLines: true })
    await following.finish()
    assert.equal(taker.text, 'one\ntwo\nthree\n')
  })

  test('tells of a compressed file that is damaged, and reads on', async () => {
    using room = new FollowRoom()
    const whole = gzipSync(`${'x'.repeat(50)}\n`.repeat(5000))
    writeFileSync(room.path('a.log.1.gz'), whole.subarray(0, -200))
    room.write('a.log', 'two\n')
    const { taker, following, faults } = room.follow('a.log', timed)
    await following.finish()
    assert.match(faults.join(), /^Cannot read .*a\.log\.1\.gz: /)
    assert.ok(taker.text.endsWith('two\n'))
  })
})

/** As logrotate does it with `copytruncate`. */
function copyAndCut(room: FollowRoom): void {
  if (existsSync(room.path('a.log.1'))) renameSync(room.path('a.log.1'), room.path('a.log.2'))
  writeFileSync(room.path('a.log.1'), readFileSync(room.path('a.log')))
  truncateSync(room.path('a.log'))
}
