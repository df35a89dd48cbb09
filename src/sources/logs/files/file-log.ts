import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { LogConfig, LogStart } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { ByteTaker } from '../byte-taker.ts'
import type { CountedAccount, LogTools } from '../log-tools.ts'
import { openCounted, openWay } from '../log-tools.ts'
import type { Standing } from '../delivery/delivery.ts'
import type { Place } from '../entry.ts'
import type { Following, FollowRequest } from '../follow/follow.ts'
import type { Framing } from '../frames/frames.ts'

/** A file of one origin, and how it is to be read. */
export interface FileToFollow {
  readonly path: string
  readonly framing: Framing
  readonly rotation: FollowRequest['rotation']
  /** From where it is read when the pointer file does not know it. */
  readonly start: LogStart
  readonly config: LogConfig
  readonly origin: LogOrigin
  /** What its faults are about, and how they begin: `Container web`. */
  readonly subject: { readonly key: string; readonly name: string }
}

const nothing: Standing = { readBytes: 0, lostBytes: 0, rotations: 0 }

/** The pointer file's name of a file, which is Datadog's. */
export function nameFile(path: string): string {
  return `file:${path}`
}

/** A file whose lines go into an account of their own, from where the pointer file says that reading ended. */
export class FileLog {
  readonly path: string
  readonly #tools: LogTools
  readonly #file: FileToFollow
  readonly #counted: CountedAccount
  readonly #giveBack: () => void
  readonly #resume: Place | undefined
  /** `undefined` where a rule could not be compiled. */
  readonly #frames: ByteTaker | undefined
  /** `undefined` while it is parked, or its folder is not there yet. */
  #following: Following | undefined
  #folderWatch: { close(): void } | undefined
  /** Of the times before it was parked. */
  #before: Standing = nothing
  /** What was left to be read when it was parked. */
  #unreadBefore = 0
  #hasFault = false

  /**
   * @throws {Error} When the file is read already.
   * @throws {LogRuleError} When a rule of its configuration cannot be compiled.
   */
  constructor(tools: LogTools, file: FileToFollow) {
    this.path = file.path
    this.#tools = tools
    this.#file = file
    this.#giveBack = tools.claims.claim(file.path, file.subject.name)
    const name = nameFile(file.path)
    this.#resume = findResume(tools, name, file.start)
    this.#counted = openCounted(tools, {
      name,
      way: 'file',
      at: () => this.#at() ?? { fileId: 0n, offset: 0 },
      standing: () => this.#stand(),
      unreadBytes: () => this.#following?.unreadBytes() ?? this.#unreadBefore,
    })
    try {
      this.#frames = this.#openFrames()
    } catch (error) {
      void this.leave()
      throw error
    }
    this.#counted.account.setOrigin(file.origin)
    if (existsSync(dirname(file.path))) this.unpark()
    else this.#awaitFolder()
  }

  get isParked(): boolean {
    return this.#following === undefined
  }

  setOrigin(origin: LogOrigin): void {
    this.#counted.account.setOrigin(origin)
  }

  /** Resolves once all that is on disk at this moment has been read. */
  async drained(): Promise<void> {
    await this.#following?.drained()
  }

  /** Gives its descriptor back, because nobody writes to it for now; what was read of it stays known. */
  park(): void {
    this.#endWait()
    this.#before = this.#stand()
    this.#unreadBefore = this.#following?.unreadBytes() ?? this.#unreadBefore
    this.#following?.close()
    this.#following = undefined
  }

  /** Goes on where it was parked. */
  unpark(): void {
    this.#endWait()
    if (this.#frames !== undefined) this.#following ??= this.#follow(this.#frames, this.#at())
  }

  /** Nobody writes to it any more: resolves once what is left has been read and acknowledged. */
  async finish(pointer: 'keep' | 'forget'): Promise<void> {
    this.unpark()
    const following = this.#following
    await following?.finish()
    this.#giveBack()
    await this.#counted.account.close(pointer)
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.park()
  }

  /** Reads no more, because it is not wanted any more. */
  async leave(): Promise<void> {
    this.park()
    this.#giveBack()
    await this.#counted.account.close()
  }

  #openFrames(): ByteTaker {
    const { openFrames, settings, nowMs, clock, faults } = this.#tools
    const { framing, config, subject } = this.#file
    return openFrames({
      framing,
      encoding: config.encoding ?? 'utf-8',
      maxMessageBytes: config.maxMessageBytes ?? settings.maxMessageBytes,
      nowMs,
      clock,
      to: openWay(this.#tools, { config, subject, ...this.#counted, to: this.#counted.account }),
      onDamage: (what) => faults.set(`${subject.key} damage`, `${subject.name}: ${what}`),
    })
  }

  /** The follower sees what comes in a folder, not the folder itself. */
  #awaitFolder(): void {
    const folder = dirname(this.path)
    this.#folderWatch = this.#tools.follower.watchFolder(dirname(folder), (name) => {
      if (name === basename(folder)) this.unpark()
    })
    // It may have been made before the watch.
    if (existsSync(folder)) this.unpark()
  }

  #endWait(): void {
    this.#folderWatch?.close()
    this.#folderWatch = undefined
  }

  #follow(to: ByteTaker, resume: Place | undefined): Following {
    const { path, rotation, framing, start, subject } = this.#file
    const { follower, faults } = this.#tools
    return follower.follow({
      path,
      rotation,
      hasTimedLines: framing !== 'plain',
      to: {
        ...to,
        beginFile: (place) => {
          // What the file before has left unfinished is handed over here.
          to.beginFile(place)
          this.#counted.account.begin(place)
        },
      },
      resume,
      start: start === 'end' || start === 'forceEnd' ? 'end' : 'beginning',
      onRead: () => this.#noteRead(),
      onFault: (message) => {
        this.#hasFault = true
        faults.set(`${subject.key} file`, `${subject.name}: ${message}`)
      },
    })
  }

  #noteRead(): void {
    this.#counted.account.noteProgress()
    if (!this.#hasFault) return
    this.#hasFault = false
    this.#tools.faults.clear(`${this.#file.subject.key} file`)
  }

  /** Where reading goes on: as long as none has begun, where it ended before. */
  #at(): Place | undefined {
    const at = this.#frames?.resumeAt()
    return at === undefined || at.fileId === 0n ? this.#resume : at
  }

  #stand(): Standing {
    const now = this.#following?.standing() ?? nothing
    const before = this.#before
    return {
      readBytes: before.readBytes + now.readBytes,
      lostBytes: before.lostBytes + now.lostBytes,
      rotations: before.rotations + now.rotations,
    }
  }
}

function findResume({ gatherer }: LogTools, name: string, start: LogStart): Place | undefined {
  if (start === 'forceBeginning' || start === 'forceEnd') return undefined
  const at = gatherer.keptOf(name)?.at
  return at !== undefined && 'offset' in at ? at : undefined
}
