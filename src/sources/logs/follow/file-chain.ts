import { realpathSync } from 'node:fs'
import type { Place } from '../entry.ts'
import type { FileBudget } from './file-budget.ts'
import { findStart, type StartPlace } from './find-start.ts'
import type { FollowRequest } from './follow.ts'
import { PassedFiles } from './passed-files.ts'
import { PlainSegment } from './plain-segment.ts'
import { listFiles, lookAt, type ListedFile } from './rotated-files.ts'
import type { Segment } from './segment.ts'
import { SegmentOpener } from './segment-opener.ts'

export interface ChainOptions extends Pick<
  FollowRequest,
  'path' | 'rotation' | 'hasTimedLines' | 'resume' | 'start' | 'onFault'
> {
  readonly budget: FileBudget
  readonly closeTimeoutMs: number
  readonly heldBytes: number
  readonly nowMs: () => number
  /** There is more to read, or room for one more file. */
  readonly onMore: () => void
}

/** Longest way to go at one look. */
const maxSteps = 256
/** As often may whoever rotates be faster than a look. */
const maxTries = 8

/**
 * The files of one origin that are open, in the order in which they were written. Each is opened as soon as a look finds it,
 * long before its turn to be read, so that whoever rotates may delete it; as far as files may be opened. Those that may not
 * are opened when there is room, the oldest first, if they are still there.
 */
export class FileChain {
  /** The first is being read, the last is the one that is written to. */
  readonly segments: Segment[] = []
  /** One that was left, and that whoever has it open may still write to. */
  late: Segment | undefined
  /** There are newer files, which may not be opened now. */
  isBehind = false
  /** Since when nothing has been at the path, or something that could not be opened. */
  detachedSinceMs: number | undefined
  readonly #options: ChainOptions
  readonly #opener: SegmentOpener
  readonly #passed: PassedFiles
  readonly #unreadable = new Set<string>()
  readonly #deletedAtMs = new Map<Segment, number>()
  #place: string
  #isStarted = false
  #wasAbsent = false
  #newestNs = 0n

  constructor(options: ChainOptions) {
    const { hasTimedLines, budget, onMore, onFault } = options
    this.#options = options
    this.#place = options.path
    this.#passed = new PassedFiles(hasTimedLines)
    this.#opener = new SegmentOpener({
      hasTimedLines,
      budget,
      onFault,
      onReadable: onMore,
      onRoom: () => {
        this.look()
        onMore()
      },
    })
  }

  /** Whether a file is not opened since too many are. */
  get isWaiting(): boolean {
    return this.#opener.isWaiting
  }

  /** Where the path leads to: what it is renamed to lies there. */
  get place(): string {
    return this.#place
  }

  get hasNext(): boolean {
    return this.segments.length > 1 || (this.segments.length === 1 && this.isBehind)
  }

  /** Whether the first file has been renamed or deleted, so that it will hardly grow. */
  get isOver(): boolean {
    return this.hasNext || this.detachedSinceMs !== undefined
  }

  /** Looks what is at the path now, and opens what was written since. */
  look(): void {
    this.#findPlace()
    if (!this.#isStarted) {
      this.#isStarted = this.#start()
      if (!this.#isStarted) return
    }
    const now = lookAt(this.#place)
    const tail = this.segments.at(-1)
    if (tail !== undefined && tail.key === now?.key && !this.isBehind) {
      this.detachedSinceMs = undefined
      this.#openMissedCopies(now)
      return
    }
    this.#noteAge(tail)
    // They do not get another first line any more, and may be met again under another name, compressed.
    for (const segment of this.segments) segment.identify(true)
    this.#openNewer()
    if (now !== undefined && this.segments.at(-1)?.key === now.key) this.detachedSinceMs = undefined
    else this.detachedSinceMs ??= this.#options.nowMs()
  }

  /** Leaves the first file: it was read. `staysOpen`: more may come in it. */
  shift(staysOpen: boolean): void {
    const segment = this.segments.shift()
    if (segment === undefined) return
    this.#passed.add(segment)
    this.#noteAge(segment)
    if (staysOpen && !this.isBehind && segment instanceof PlainSegment) {
      this.closeLate()
      this.late = segment
    } else this.#release(segment)
    if (this.isBehind) this.look()
  }

  closeLate(): void {
    if (this.late !== undefined) this.#release(this.late)
    this.late = undefined
  }

  /**
   * The first file was cut: goes on in the copy that was made of it before, if there is one, with those that were made since,
   * then with what is in it now.
   * @returns Bytes that are lost, as far as they were seen.
   */
  restartFirst(): number {
    const [first] = this.segments
    if (!(first instanceof PlainSegment)) return 0
    const { id, offset } = first
    this.#passed.add(first)
    const lostBytes = first.restart()
    if (id === undefined) return lostBytes
    return this.#openCopies({ fileId: id, offset }) ? 0 : lostBytes
  }

  /**
   * Before a file is read that was empty when it was opened or cut: meanwhile it may have been filled, copied and cut again.
   * @returns Whether copies come before it.
   */
  meetCopies(): boolean {
    const [first] = this.segments
    if (this.#options.rotation !== 'any') return false
    const fileId = this.#passed.lastId
    if (fileId !== undefined) this.#openCopies({ fileId, offset: Infinity })
    return this.segments[0] !== first
  }

  /**
   * Closes files that were deleted long ago, since they take room on the disk; as long as there is something to be read in
   * them, only so many that the others take less than they may, the oldest first. What is still to be read then is read
   * from what they were compressed into, or else lost.
   * @returns Bytes that are lost.
   */
  giveUpDeleted(): number {
    const { nowMs, closeTimeoutMs, heldBytes } = this.#options
    const deleted = this.segments.filter((segment) => segment.isDeleted())
    let unreadBytes = deleted.reduce((sum, segment) => sum + segment.unreadBytes(), 0)
    let lostBytes = 0
    for (const segment of deleted) {
      const deletedAtMs = this.#deletedAtMs.get(segment) ?? nowMs()
      this.#deletedAtMs.set(segment, deletedAtMs)
      const ownBytes = segment.unreadBytes()
      if (nowMs() - deletedAtMs < closeTimeoutMs) continue
      if (ownBytes > 0 && unreadBytes <= heldBytes) continue
      unreadBytes -= ownBytes
      lostBytes += this.#replace(segment)
    }
    return lostBytes
  }

  close(): void {
    for (const segment of this.segments.splice(0)) this.#release(segment)
    this.closeLate()
    this.#opener.stopWaiting()
  }

  #findPlace(): void {
    try {
      this.#place = realpathSync.native(this.#options.path)
    } catch {
      // What a rotation leaves for a moment without a name lies where it lay.
    }
  }

  /** @returns Whether a first file is open. */
  #start(): boolean {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const from = this.#findStart()
      if (from === undefined) return false
      const segment = this.#opener.open(from.file, from.offset)
      if (typeof segment !== 'string') this.segments.push(segment)
      if (segment !== 'changed') return this.segments.length > 0
    }
    return false
  }

  #findStart(): StartPlace | undefined {
    const from = findStart(listFiles(this.#place, this.#options.rotation), {
      ...this.#options,
      place: this.#place,
      wasAbsent: this.#wasAbsent,
    })
    if (from === undefined) {
      this.#wasAbsent = true
      this.#checkPath()
    }
    return from
  }

  #openNewer(): void {
    for (let steps = 0; steps < maxSteps; steps += 1) {
      const next = this.#findNext()
      this.isBehind = next !== undefined
      if (next === undefined) return
      const segment = this.#opener.open(next, 0)
      if (segment === 'full') return
      if (segment === 'unreadable') {
        // What is at the path now is tried again at the next look.
        this.isBehind = next.path !== this.#place
        if (!this.isBehind) return
        this.#unreadable.add(next.key)
      }
      if (typeof segment !== 'string') this.segments.push(segment)
    }
  }

  /** The oldest file that was written after all that are known. */
  #findNext(): ListedFile | undefined {
    const { rotation } = this.#options
    const files = listFiles(this.#place, rotation).filter(({ key }) => !this.#unreadable.has(key))
    const known = files.findLastIndex((file) => this.#isKnown(file))
    if (known >= 0) return files[known + 1]
    // Whoever rotates deletes the oldest first: when none is known, all are newer.
    if (rotation !== 'any') return files[0]
    return files.find(
      ({ path, writtenAtNs }) => path === this.#place || writtenAtNs > this.#newestNs,
    )
  }

  #isKnown(file: ListedFile): boolean {
    const open = this.late === undefined ? this.segments : [...this.segments, this.late]
    if (open.some(({ key }) => key === file.key)) return true
    // At the path, a file with the inode and the first line of one that is closed is a new one.
    if (file.path === this.#place) return false
    return this.#passed.includes(file, open)
  }

  /** Of a file that cannot be seen, why. */
  #checkPath(): void {
    try {
      realpathSync.native(this.#options.path)
    } catch (error) {
      if (Object(error).code !== 'ENOENT') this.#opener.tell(this.#options.path, error)
    }
  }

  /**
   * Puts the unread rest of a file that was copied, and the copies that are newer, before all others.
   * @returns Whether there is a copy.
   */
  #openCopies(at: Place): boolean {
    const files = this.#listOthers()
    const first = this.#passed.findCopy(files, at.fileId)
    if (first < 0) return false
    this.segments.unshift(...this.#openAll(files.slice(first), at.offset))
    return true
  }

  /**
   * While the file at the path is empty, the one before it is still waited for: meanwhile it may have been filled, copied and
   * cut again, whose copies come between the two.
   */
  #openMissedCopies(now: ListedFile): void {
    const [before, tail] = this.segments.slice(-2)
    if (this.#options.rotation !== 'any' || now.sizeBytes > 0 || before?.id === undefined) return
    // What is known by its first line is missed there when it is read.
    if (tail === undefined || tail.id !== undefined) return
    const others = listFiles(this.#place, 'any').filter(({ path }) => path !== this.#place)
    const known = this.#passed.findCopy(others, before.id)
    if (known >= 0) this.segments.splice(-1, 0, ...this.#openAll(others.slice(known + 1), 0))
  }

  /** Those that can be opened and have something to read; the first from an offset on. */
  #openAll(files: readonly ListedFile[], offsetInFirst: number): readonly Segment[] {
    return files.flatMap((file, place) => {
      const offset = place === 0 ? offsetInFirst : 0
      if (offset >= (file.isCompressed ? Infinity : file.sizeBytes)) return []
      const segment = this.#opener.open(file, offset)
      return typeof segment === 'string' ? [] : [segment]
    })
  }

  #openCopy(at: Place): Segment | undefined {
    const files = this.#listOthers()
    const copy = files[this.#passed.findCopy(files, at.fileId)]
    if (copy === undefined) return undefined
    const segment = this.#opener.open(copy, at.offset)
    return typeof segment === 'string' ? undefined : segment
  }

  /** The files that are not open. */
  #listOthers(): readonly ListedFile[] {
    return listFiles(this.#place, this.#options.rotation).filter(
      ({ path, key }) => path !== this.#place && this.segments.every((open) => open.key !== key),
    )
  }

  #replace(segment: Segment): number {
    const at = this.segments.indexOf(segment)
    const unreadBytes = segment.unreadBytes()
    this.#release(segment)
    const copy =
      segment.id === undefined || unreadBytes === 0
        ? undefined
        : this.#openCopy({ fileId: segment.id, offset: segment.offset })
    if (copy !== undefined) {
      this.segments[at] = copy
      return 0
    }
    this.segments.splice(at, 1)
    this.#passed.add(segment)
    return unreadBytes
  }

  #noteAge(segment: Segment | undefined): void {
    if (segment instanceof PlainSegment) this.#newestNs = segment.writtenAtNs()
  }

  #release(segment: Segment): void {
    this.#deletedAtMs.delete(segment)
    this.#opener.close(segment)
  }
}
