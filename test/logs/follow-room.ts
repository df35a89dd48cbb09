import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLibc } from '../../src/libc/libc.ts'
import { createFileFollower } from '../../src/sources/logs/follow/create-file-follower.ts'
import type {
  FileFollower,
  Following,
  FollowOptions,
  FollowRequest,
} from '../../src/sources/logs/follow/follow.ts'
import { RecordingTaker } from './recording-taker.ts'

export interface RoomOptions extends Partial<FollowOptions> {
  /** Without inotify. */
  readonly isBlind?: boolean
}

/** A file that is followed in a room. */
export interface Followed {
  readonly taker: RecordingTaker
  readonly following: Following
  readonly faults: readonly string[]
}

/** A temporary folder with a follower whose clock stands still until it is moved. */
export class FollowRoom implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'vigie-follow-'))
  readonly follower: FileFollower
  nowMs = 1_000_000

  constructor({ isBlind = false, ...options }: RoomOptions = {}) {
    this.follower = createFileFollower(
      {
        openFilesLimit: 100,
        // Only what is not told by inotify has to wait for it.
        scanPeriodMs: 3_600_000,
        closeTimeoutMs: 60_000,
        heldBytes: 2 ** 30,
        aggregationTimeoutMs: 40,
        room: () => undefined,
        nowMs: () => this.nowMs,
        ...options,
      },
      isBlind ? { kind: 'absent', reason: 'not wanted' } : openLibc(),
    )
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  write(name: string, text: string): void {
    appendFileSync(this.path(name), text)
  }

  follow(name: string, request: Partial<FollowRequest> = {}): Followed {
    const taker = new RecordingTaker()
    const faults: string[] = []
    const following = this.follower.follow({
      path: this.path(name),
      rotation: 'any',
      hasTimedLines: false,
      to: taker,
      resume: undefined,
      start: 'beginning',
      onRead: () => undefined,
      onFault: (message) => faults.push(message),
      ...request,
    })
    return { taker, following, faults }
  }

  [Symbol.dispose](): void {
    this.follower.close()
    rmSync(this.folder, { recursive: true })
  }
}
