import type { ChangeWatch } from './change-watch.ts'

/**
 * After a turn: there is `more` to read now; it was read to its end and may grow again at once (`pause`), so that it is
 * looked at a little later without being watched; or nothing is to be done until it is added again (`idle`).
 */
export type TurnEnd = 'more' | 'pause' | 'idle'

/** Something that is read a piece at a time. */
export interface Reader {
  /** Reads at most one buffer. */
  readonly turn: (buffer: Buffer) => TurnEnd
}

export interface ReadLoopOptions {
  /** `undefined` when lines may be handed over. */
  readonly room: () => Promise<void> | undefined
  /** Without it, only the sweep finds what has changed. */
  readonly watch: ChangeWatch | undefined
}

/** What is read at a time: taking it apart takes some 3 ms, longer than which nothing else should have to wait. */
const bufferBytes = 128 * 1024
const sliceMs = 3
/** While there is something to do, the kernel is asked this often, in place of being woken for each line. */
const tickMs = 10

/** Gives each that has something to read its turn, one after the other, as long as there is room for lines. */
export class ReadLoop {
  readonly #options: ReadLoopOptions
  readonly #buffer = Buffer.allocUnsafeSlow(bufferBytes)
  readonly #ready = new Set<Reader>()
  readonly #paused = new Set<Reader>()
  #next: NodeJS.Immediate | undefined
  #timer: NodeJS.Timeout | undefined
  #isFull = false
  #isClosed = false

  constructor(options: ReadLoopOptions) {
    this.#options = options
    this.#listen()
  }

  add(reader: Reader): void {
    this.#paused.delete(reader)
    this.#ready.add(reader)
    this.#schedule()
  }

  remove(reader: Reader): void {
    this.#paused.delete(reader)
    this.#ready.delete(reader)
  }

  close(): void {
    this.#isClosed = true
    this.#ready.clear()
    clearImmediate(this.#next)
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    if (this.#isFull || this.#isClosed || this.#ready.size === 0) return
    this.#next ??= setImmediate(() => {
      this.#next = undefined
      this.#run()
    })
  }

  #run(): void {
    const until = performance.now() + sliceMs
    // Whoever has more is added anew, behind all others.
    for (const reader of this.#ready) {
      const room = this.#options.room()
      if (room !== undefined) {
        this.#waitFor(room)
        return
      }
      this.#ready.delete(reader)
      const end = reader.turn(this.#buffer)
      if (end === 'more') this.#ready.add(reader)
      if (end === 'pause') this.#pause(reader)
      if (performance.now() >= until) break
    }
    this.#schedule()
  }

  #waitFor(room: Promise<void>): void {
    this.#isFull = true
    const goOn = (): void => {
      this.#isFull = false
      this.#schedule()
    }
    room.then(goOn, goOn)
  }

  #pause(reader: Reader): void {
    this.#paused.add(reader)
    this.#tickLater()
  }

  #listen(): void {
    this.#options.watch?.onNext(() => {
      if (!this.#isClosed) this.#tick()
    })
  }

  #tickLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tick()
    }, tickMs)
  }

  /** Looks what has happened, and goes on ticking as long as anything does. */
  #tick(): void {
    const hasChanged = this.#options.watch?.take() ?? false
    const isBusy = hasChanged || this.#paused.size > 0
    for (const reader of this.#paused) this.#ready.add(reader)
    this.#paused.clear()
    this.#schedule()
    if (isBusy) this.#tickLater()
    else this.#listen()
  }
}
