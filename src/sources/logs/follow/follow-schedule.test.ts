import assert from 'node:assert/strict'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, test } from 'node:test'
import { newSeed, Random } from '../../../../test/dogstatsd/random.ts'
import { FollowRoom, type Followed } from '../../../../test/logs/follow-room.ts'
import {
  RotatingWriter,
  writerKinds,
  type WriterKind,
} from '../../../../test/logs/rotating-writer.ts'
import type { Place } from '../entry.ts'
import type { FollowRequest } from './follow.ts'

const rotations: Readonly<Record<WriterKind, FollowRequest['rotation']>> = {
  docker: 'numbered',
  'docker-compressed': 'numbered',
  kubelet: 'stamped',
  renaming: 'any',
  cutting: 'any',
}
const steps = 150

/** One file, a writer and a reader that is killed now and then, in an order that the seed decides. */
class Schedule {
  readonly #room: FollowRoom
  readonly #kind: WriterKind
  readonly #random: Random
  readonly #writer: RotatingWriter
  #followed: Followed | undefined
  #resume: Place | undefined
  #read = ''
  #unseenRotations = 0

  constructor(room: FollowRoom, kind: WriterKind, random: Random) {
    this.#room = room
    this.#kind = kind
    this.#random = random
    this.#writer = new RotatingWriter(room.path('a.log'), kind, random)
  }

  async run(): Promise<{ readonly written: string; readonly read: string }> {
    // What was rotated before the first look is not read of all kinds.
    this.#writer.write()
    this.#start()
    await this.#followed?.following.drained()
    for (let step = 0; step < steps; step += 1) await this.#step()
    this.#start()
    await this.#followed?.following.finish()
    this.#keep()
    return { written: this.#writer.written, read: this.#read }
  }

  async #step(): Promise<void> {
    const what = this.#random.integer(10)
    if (what < 4) this.#writer.write()
    else if (what < 6) this.#rotate()
    else if (what < 7) await this.#restart()
    else if (what < 8) this.#look()
    else for (let turns = this.#random.integer(6); turns > 0; turns -= 1) await nextTurn()
  }

  /** As long as nothing is deleted that nobody has looked at. */
  #rotate(): void {
    if (this.#unseenRotations >= this.#writer.room) return
    this.#writer.rotate()
    this.#unseenRotations += 1
  }

  /** Everything there is has been opened then; what is copied and cut has to be read, since it is not open. */
  #look(): void {
    if (this.#followed === undefined) return
    void this.#followed.following.drained()
    if (this.#kind !== 'cutting') this.#unseenRotations = 0
  }

  async #restart(): Promise<void> {
    // Before it is killed it has read what would be deleted while it is away.
    await this.#followed?.following.drained()
    if (this.#followed !== undefined) this.#unseenRotations = 0
    this.#keep()
    if (this.#random.chance(0.7)) this.#start()
  }

  #start(): void {
    this.#followed ??= this.#room.follow('a.log', {
      rotation: rotations[this.#kind],
      hasTimedLines: rotations[this.#kind] !== 'any',
      resume: this.#resume,
    })
  }

  #keep(): void {
    if (this.#followed === undefined) return
    const { taker, following } = this.#followed
    following.close()
    this.#read += taker.text
    if (taker.files.length > 0) this.#resume = taker.resumeAt()
    this.#followed = undefined
  }
}

/** Where the two begin to differ. */
function differenceOf(read: string, written: string): string {
  const lines = read.split('\n')
  const at = written.split('\n').findIndex((line, index) => line !== lines[index])
  return at < 0 && read.length === written.length
    ? ''
    : `${lines.slice(at, at + 3).join('|')} in place of ${written.split('\n')[at]}`
}

describe('follow() beside a writer that rotates', { timeout: 60_000 }, () => {
  for (const kind of writerKinds) {
    test(`loses nothing and reads nothing twice: ${kind}`, async () => {
      const seed = newSeed()
      for (let run = 0; run < 6; run += 1) {
        using room = new FollowRoom()
        const { written, read } = await new Schedule(room, kind, new Random(seed + run)).run()
        assert.equal(differenceOf(read, written), '', `VIGIE_TEST_SEED=${seed + run}`)
      }
    })
  }
})
