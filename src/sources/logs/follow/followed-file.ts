import { ArmedFiles } from './armed-files.ts'
import type { ChangeWatch } from './change-watch.ts'
import { FileChain } from './file-chain.ts'
import type { FileBudget } from './file-budget.ts'
import type { Following, FollowOptions, FollowRequest } from './follow.ts'
import { PlaceWatch } from './place-watch.ts'
import { PlainSegment } from './plain-segment.ts'
import { ReadingGoals } from './reading-goals.ts'
import type { Reader, ReadLoop, TurnEnd } from './read-loop.ts'
import { atEnd, comesLater, wasCut, type Segment } from './segment.ts'
import type { Settling, Unsettled } from './settling.ts'
import type { Sweep, Swept } from './sweep.ts'

/** What all followed files share. */
export interface Surroundings {
  readonly options: FollowOptions
  readonly budget: FileBudget
  readonly watch: ChangeWatch | undefined
  readonly loop: ReadLoop
  readonly sweep: Sweep
  readonly settling: Settling
  readonly onClosed: (file: { close(): void }) => void
}

const lineEnd = 0x0a

/** Reads the files of one origin in their order, and tells their taker which is which. */
export class FollowedFile implements Following, Reader, Swept, Unsettled {
  readonly #request: FollowRequest
  readonly #around: Surroundings
  readonly #chain: FileChain
  readonly #places: PlaceWatch
  readonly #armed: ArmedFiles
  readonly #goals = new ReadingGoals()
  readonly #finished = Promise.withResolvers<void>()
  #hasBegun = false
  #hasRead = false
  #endsLine = true
  #waitsForLine = false
  #isFinishing = false
  #hasLookedLast = false
  #isClosed = false
  #readAtMs = 0
  #lateAtMs = 0
  #readBytes = 0
  #lostBytes = 0
  #rotations = 0
  #fault = ''

  constructor(request: FollowRequest, around: Surroundings) {
    const { budget, options, loop, sweep } = around
    this.#request = request
    this.#around = around
    this.#chain = new FileChain({
      ...request,
      budget,
      closeTimeoutMs: options.closeTimeoutMs,
      heldBytes: options.heldBytes,
      nowMs: options.nowMs,
      onMore: () => loop.add(this),
    })
    this.#armed = new ArmedFiles(around.watch, () => loop.add(this))
    this.#places = new PlaceWatch(around.watch, () => this.#look())
    this.#look()
    sweep.add(this)
  }

  standing(): ReturnType<Following['standing']> {
    return {
      readBytes: this.#readBytes,
      lostBytes: this.#lostBytes,
      rotations: this.#rotations,
    }
  }

  unreadBytes(): number {
    const { segments, late } = this.#chain
    let bytes = late?.unreadBytes() ?? 0
    for (const segment of segments) bytes += segment.unreadBytes()
    return bytes
  }

  drained(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    this.#look()
    const tail = this.#chain.isBehind ? undefined : this.#chain.segments.at(-1)
    if (this.#chain.segments.length === 0 && !this.#chain.isWaiting) return Promise.resolve()
    this.#around.loop.add(this)
    return this.#goals.add(tail)
  }

  finish(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    this.#isFinishing = true
    this.#look()
    return this.#finished.promise
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    const { loop, sweep, settling } = this.#around
    loop.remove(this)
    sweep.remove(this)
    settling.forget(this)
    this.#places.close()
    this.#armed.close()
    this.#chain.close()
    this.#goals.reachAll()
    this.#finished.resolve()
    this.#around.onClosed(this)
  }

  turn(buffer: Buffer): TurnEnd {
    if (this.#isClosed) return 'idle'
    try {
      const end = this.#read(buffer)
      this.#goals.look(this.#chain.segments)
      return end
    } catch (error) {
      return this.#failToRead(error)
    }
  }

  settle(sinceMs: number): void {
    if (this.#waitsForLine) this.#around.loop.add(this)
    if (this.#readBytes === 0) return
    this.#request.to.settle(sinceMs)
    this.#request.onRead()
  }

  sweep(): void {
    this.#look()
    this.#guard(() => {
      const [first] = this.#chain.segments
      this.#lostBytes += this.#chain.giveUpDeleted()
      if (first !== this.#chain.segments[0]) this.#endFile()
      this.#closeLate()
      this.#leaveDetached()
      if (this.#mayRead() || !this.#armed.isArmed(first)) this.#around.loop.add(this)
    })
  }

  #look(): void {
    if (this.#isClosed) return
    const { segments, place } = this.#chain
    const tail = segments.at(-1)
    const hasNewWatch = this.#places.set(this.#request.path, place)
    this.#guard(() => this.#chain.look())
    // What came between the look and the first watch of its folder would be seen by the sweep only.
    if (hasNewWatch || place !== this.#chain.place) {
      this.#places.set(this.#request.path, this.#chain.place)
      this.#guard(() => this.#chain.look())
    }
    if (tail !== segments.at(-1) || this.#isFinishing) this.#around.loop.add(this)
  }

  /** What a file system that fails throws, is told; the next sweep tries again. */
  #guard(look: () => void): void {
    try {
      look()
    } catch (error) {
      this.#tell(error)
    }
  }

  #read(buffer: Buffer): TurnEnd {
    const { late, segments } = this.#chain
    if (late !== undefined && this.#mayInsert() && late.hasChanged()) return this.#readLate(buffer)
    const [first] = segments
    if (first === undefined) return this.#standStill(undefined)
    const length = this.#begin(first) ? first.read(buffer) : atEnd
    if (first !== segments[0]) return 'more'
    if (length > 0) {
      this.#deliver(buffer.subarray(0, length))
      return 'more'
    }
    if (length === comesLater) return 'idle'
    if (length === wasCut) {
      this.#endFile()
      this.#lostBytes += this.#chain.restartFirst()
      this.#rotations += 1
      return 'more'
    }
    if (!this.#mayLeave()) return this.#standStill(first)
    this.#leave()
    return 'more'
  }

  /** @returns Whether the taker knows which file it is. */
  #begin(segment: Segment): boolean {
    if (this.#hasBegun) return true
    // A file that nobody writes to any more may end without a line end; so may one that waits for input.
    const wasKnown = segment.id !== undefined
    const isFinal = this.#chain.isOver || this.#isFinishing || this.#hasWaited()
    const isKnown = segment.identify(isFinal)
    if (!wasKnown && this.#chain.meetCopies()) return false
    if (!isKnown || segment.id === undefined) {
      this.#waitForLine(segment)
      return false
    }
    this.#waitsForLine = false
    this.#request.to.beginFile({ fileId: segment.id, offset: segment.offset })
    this.#hasBegun = true
    return true
  }

  #waitForLine(segment: Segment): void {
    // Whoever writes lines with times writes them whole.
    if (this.#waitsForLine || this.#request.hasTimedLines || segment.unreadBytes() === 0) return
    this.#waitsForLine = true
    this.#readAtMs = this.#around.options.nowMs()
    this.#around.settling.note(this)
  }

  #hasWaited(): boolean {
    const { nowMs, aggregationTimeoutMs } = this.#around.options
    return this.#waitsForLine && nowMs() - this.#readAtMs >= aggregationTimeoutMs
  }

  #deliver(bytes: Uint8Array): void {
    this.#request.to.take(bytes)
    this.#readBytes += bytes.length
    this.#endsLine = bytes.at(-1) === lineEnd
    this.#readAtMs = this.#around.options.nowMs()
    this.#hasRead = true
    this.#around.settling.note(this)
    this.#request.onRead()
  }

  /**
   * Whether the first file is over, now that it was read to its end. Docker closes it before it makes the next one. Others
   * go on writing to it until they notice: there, the next one has to have something.
   */
  #mayLeave(): boolean {
    const { segments, isBehind, hasNext } = this.#chain
    if (!hasNext) return false
    if (this.#request.rotation === 'numbered' || this.#isFinishing) return true
    const [first, next] = segments
    if (!(first instanceof PlainSegment && next instanceof PlainSegment)) return true
    return isBehind || segments.length > 2 || next.hasChanged()
  }

  #leave(): void {
    this.#endFile()
    const { segments, hasNext } = this.#chain
    const staysOpen = this.#request.rotation !== 'numbered' && hasNext && !this.#isFinishing
    if (hasNext) this.#rotations += 1
    this.#armed.disarm(segments[0])
    this.#armed.disarm(this.#chain.late)
    this.#chain.shift(staysOpen)
    this.#lateAtMs = this.#around.options.nowMs()
    this.#request.onRead()
  }

  #endFile(): void {
    this.#waitsForLine = false
    if (this.#hasBegun) this.#request.to.endFile()
    this.#hasBegun = false
  }

  /** What was still written to a file after it was left: put between two lines of the one that is read now. */
  #readLate(buffer: Buffer): TurnEnd {
    const { late } = this.#chain
    if (!late?.identify(true) || late.id === undefined) return 'idle'
    const length = late.read(buffer)
    if (length <= 0) {
      this.#armed.disarm(late)
      this.#chain.closeLate()
      return 'more'
    }
    const { to } = this.#request
    if (this.#hasBegun) to.endFile()
    to.beginFile({ fileId: late.id, offset: late.offset - length })
    this.#deliver(buffer.subarray(0, length))
    to.endFile()
    this.#hasBegun = false
    this.#lateAtMs = this.#readAtMs
    return 'more'
  }

  /** Nothing is to be read now. */
  #standStill(first: Segment | undefined): TurnEnd {
    this.#goals.reachAll()
    if (this.#isFinishing) return this.#finishStep()
    if (this.#hasRead) {
      this.#hasRead = false
      return 'pause'
    }
    this.#armed.arm(first)
    this.#armed.arm(this.#chain.segments[1])
    this.#armed.arm(this.#chain.late)
    // It may have grown before it was watched.
    return this.#mayRead() && this.#hasBegun ? 'more' : 'idle'
  }

  #finishStep(): TurnEnd {
    if (!this.#hasLookedLast) {
      this.#hasLookedLast = true
      this.#chain.look()
      return 'more'
    }
    if (this.#chain.segments.length === 0 && this.#chain.isWaiting) return 'idle'
    if (this.#hasBegun) this.#request.to.endFile()
    this.#request.to.end()
    this.#request.onRead()
    this.close()
    return 'idle'
  }

  #mayRead(): boolean {
    const { segments, late } = this.#chain
    if (segments[0]?.hasChanged() === true) return true
    return (this.#mayInsert() && late?.hasChanged() === true) || this.#mayLeave()
  }

  /** Whether bytes of another file may come now: no line is cut in two by them, or its rest will not come. */
  #mayInsert(): boolean {
    return this.#endsLine || this.#isFinishing
  }

  #closeLate(): void {
    const { nowMs, closeTimeoutMs } = this.#around.options
    const { late } = this.#chain
    if (late === undefined || nowMs() - this.#lateAtMs < closeTimeoutMs) return
    this.#armed.disarm(late)
    this.#chain.closeLate()
  }

  /** What has no successor at its path is kept for a while, since it may still be written to. */
  #leaveDetached(): void {
    const { nowMs, closeTimeoutMs } = this.#around.options
    const { segments, detachedSinceMs } = this.#chain
    if (detachedSinceMs === undefined || segments.length !== 1 || this.#mayRead()) return
    if (nowMs() - Math.max(detachedSinceMs, this.#readAtMs) >= closeTimeoutMs) this.#leave()
  }

  /** A damaged file is left; another is tried again at the next sweep. */
  #failToRead(error: unknown): TurnEnd {
    const [first] = this.#chain.segments
    this.#tell(error)
    if (first === undefined || first instanceof PlainSegment) {
      this.#goals.reachAll()
      return this.#isFinishing ? this.#finishStep() : 'idle'
    }
    this.#lostBytes += first.unreadBytes()
    this.#leave()
    return 'more'
  }

  #tell(error: unknown): void {
    const path = this.#chain.segments[0]?.path ?? this.#request.path
    const fault = `Cannot read ${path}: ${Object(error).message}`
    if (fault !== this.#fault) this.#request.onFault(fault)
    this.#fault = fault
  }
}
