import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { EndpointRecord } from '../endpoint-record.ts'
import type { Entry } from '../entry.ts'
import type { Destination, ForwarderContext } from '../forwarder.ts'
import { describeFailure } from '../post/describe-failure.ts'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { freeRoom } from './free-room.ts'
import { SegmentIndex, type End } from './segment-index.ts'
import { Segment } from './segment.ts'
import { SetAside } from './set-aside.ts'

const mebi = 1024 * 1024
/** A file is read as a whole. */
const longestSegmentBytes = mebi
/** To those who look for the oldest, all of a file is as old as its first payload. */
const longestGrowthMs = 600_000
/** For what is set aside: a tenth of all, and not more than this. */
const longestAsideBytes = 16 * mebi
/** After something has failed the disk is left alone for so long. */
const pauseMs = 30_000
/** Of a record, beside its body: more than any of ours has. */
const headBytes = 1024

/**
 * Payloads of one destination on disk, in files by route, within the bounds of the settings. Nothing here throws: what
 * cannot be done is told once, and tried again later. Calls that return a promise must not overlap.
 */
export class Spool {
  readonly #folder: string
  readonly #context: ForwarderContext
  readonly #destination: Destination
  readonly #endpoint: EndpointRecord
  readonly #setAside: SetAside
  readonly #maxBytes: number
  readonly #session = randomBytes(4).toString('hex')
  readonly #index = new SegmentIndex()
  /** Of payloads that are in memory too. */
  readonly #segmentOf = new Map<Entry, Segment>()
  /** What nobody waits for, one after the other. */
  #chores = Promise.resolve()
  #lock: FolderLock | undefined
  #fault = ''
  #pausedUntilMs = 0

  constructor(destination: Destination, context: ForwarderContext, endpoint: EndpointRecord) {
    const { folder, maxBytes } = context.settings.disk
    const hash = createHash('sha256').update(destination.url).digest('hex').slice(0, 12)
    this.#folder = join(folder, `${destination.name}-${hash}`)
    this.#context = context
    this.#destination = destination
    this.#endpoint = endpoint
    const asideBytes = Math.min(longestAsideBytes, maxBytes / 10)
    this.#setAside = new SetAside(join(this.#folder, 'set-aside'), asideBytes)
    this.#maxBytes = maxBytes - asideBytes
  }

  get index(): Omit<SegmentIndex, 'add' | 'remove'> {
    return this.#index
  }

  /** Whether it is on disk too. */
  holds(entry: Entry): boolean {
    return this.#segmentOf.has(entry)
  }

  /** After something has failed nothing is asked of the disk for a while. */
  get isPaused(): boolean {
    const leftMs = this.#pausedUntilMs - this.#context.clock()
    // More than that: the clock was set back.
    return leftMs > 0 && leftMs <= pauseMs
  }

  /**
   * Finds what an earlier run has left; makes nothing where there is nothing.
   * @returns Whether that was possible.
   */
  async open(): Promise<boolean> {
    if (this.isPaused) return false
    const found = await readdir(this.#folder).catch(() => [])
    if (found.some(isRouteFolder)) await this.#try(() => this.#claim())
    return !this.isPaused
  }

  /** @returns How many of them, from the first on, are on disk now. */
  async store(route: string, entries: readonly Entry[]): Promise<number> {
    if (this.isPaused) return 0
    let stored = 0
    await this.#try(async () => {
      await this.#claim()
      this.#dropOutdated()
      while (stored < entries.length) {
        const part = this.#segmentful(entries, stored)
        const segment = await this.#prepareSegment(route, part)
        await segment.append(part)
        stored += part.length
      }
    })
    return stored
  }

  /** Reads one file of that route into memory. */
  async load(route: string, end: End): Promise<readonly Entry[]> {
    const segment = this.#index.find(route, end)
    if (segment === undefined || this.isPaused) return []
    if (segment.isGrowing) await this.#try(() => segment.close())
    return this.#read(segment)
  }

  /** It needs its place on disk no longer. */
  settle(entry: Entry): void {
    const segment = this.#segmentOf.get(entry)
    if (segment === undefined) return
    this.#segmentOf.delete(entry)
    segment.markDone(entry)
    if (segment.records === 0) this.#remove(segment)
  }

  /** It leaves the memory, and stays on disk. */
  release(entry: Entry): void {
    this.#segmentOf.get(entry)?.release(entry)
    this.#segmentOf.delete(entry)
  }

  /** @returns Where it is kept to be looked at, if it is. */
  async setAside(...args: Parameters<SetAside['keepPayload']>): Promise<string | undefined> {
    return this.#try(async () => {
      await this.#claim()
      return this.#setAside.keepPayload(...args)
    })
  }

  async close(): Promise<void> {
    await this.#try(async () => {
      for (const segment of this.#index.all) await segment.close()
    })
    await this.#chores
    await this.#lock?.release()
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const result = await act()
      this.#fault = ''
      return result
    } catch (error) {
      this.#pausedUntilMs = this.#context.clock() + pauseMs
      const fault = `Cannot keep in ${this.#folder} what waits for ${this.#destination.name}: ${describeFailure(error)}; it waits in memory`
      if (fault !== this.#fault) this.#context.telemetry.log.warn(fault)
      this.#fault = fault
      return undefined
    }
  }

  /** Makes the folder ours, and finds what is in it. */
  async #claim(): Promise<void> {
    if (this.#lock !== undefined) return
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await chmod(this.#folder, 0o700)
    // Where a file system has no sockets nobody can tell; the names of our files are ours alone all the same.
    const lock = await lockFolder(this.#folder).catch(() => ({ release: async () => {} }))
    if (lock === undefined)
      throw new Error(
        'another agent uses it; give this one a folder of its own with VIGIE_DATA_DIR',
      )
    this.#lock = lock
    for (const name of (await readdir(this.#folder)).filter(isRouteFolder)) await this.#find(name)
    this.#dropOutdated()
  }

  async #find(folderName: string): Promise<void> {
    const folder = join(this.#folder, folderName)
    for (const name of await readdir(folder)) {
      const { size: sizeBytes } = await stat(join(folder, name))
      const segment = Segment.find(
        { folder, route: decodeURIComponent(folderName) },
        name,
        sizeBytes,
      )
      if (segment === undefined) continue
      this.#index.add(segment)
      // Whoever wrote it was killed, and could not say how much is in it.
      if (segment.isGrowing) await this.#examine(segment)
    }
  }

  async #examine(segment: Segment): Promise<void> {
    for (const entry of await this.#read(segment)) this.release(entry)
    if (segment.records > 0) await segment.close()
  }

  /** Nothing is waited for after the payloads are counted as read: meanwhile they would be counted nowhere. */
  async #read(segment: Segment): Promise<readonly Entry[]> {
    const loaded = await this.#try(() => segment.load())
    if (loaded === undefined) {
      const isGone = await stat(segment.path).then(
        () => false,
        () => true,
      )
      if (isGone) this.#forget(segment)
      return []
    }
    for (const entry of loaded.entries) this.#segmentOf.set(entry, segment)
    const { damaged } = loaded
    if (damaged.length > 0) this.#chore(() => this.#keepDamaged(segment.path, damaged))
    if (segment.records === 0) this.#remove(segment)
    return loaded.entries
  }

  async #keepDamaged(path: string, damaged: Buffer): Promise<void> {
    this.#context.telemetry.log.warn(
      `The last ${damaged.length} bytes of ${path} cannot be read, as if the agent had been killed while it wrote them; they are set aside in ${this.#setAside.folder}`,
    )
    await this.#try(() => this.#setAside.keepDamaged(basename(path), damaged))
  }

  /** As many of them, from `first` on, as one file takes; one at least. */
  #segmentful(entries: readonly Entry[], first: number): readonly Entry[] {
    let bytes = 0
    let end = first
    while (end < entries.length) {
      bytes += headBytes + (entries[end]?.payload.body.length ?? 0)
      if (end > first && bytes > this.#segmentBytes) break
      end += 1
    }
    return entries.slice(first, end)
  }

  get #segmentBytes(): number {
    const { disk, memoryBytes } = this.#context.settings
    return Math.min(longestSegmentBytes, disk.maxBytes / 8, memoryBytes / 8)
  }

  /** The segment that these go into; there is room for them. */
  async #prepareSegment(route: string, entries: readonly Entry[]): Promise<Segment> {
    const bytes = entries.reduce((sum, { payload }) => sum + headBytes + payload.body.length, 0)
    const nowMs = this.#context.clock()
    const growing = this.#index.findGrowing(route)
    if (growing !== undefined) {
      const isOld = nowMs - growing.sinceMs > longestGrowthMs
      const isFull = growing.sizeBytes + bytes > this.#segmentBytes
      if (isOld || isFull) await growing.close()
    }
    await this.#makeRoom(bytes)
    const present = this.#index.findGrowing(route)
    if (present !== undefined) return present
    const folder = join(this.#folder, encodeURIComponent(route))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const sequence = entries[0]?.sequence ?? 0
    const segment = Segment.create(
      { folder, route },
      { sequence, session: this.#session, sinceMs: nowMs },
    )
    this.#index.add(segment)
    return segment
  }

  /** @throws {Error} When there is no room even without the oldest. */
  async #makeRoom(bytes: number): Promise<void> {
    const { maxUsedRatio } = this.#context.settings.disk
    const free = await freeRoom(this.#folder, maxUsedRatio)
    let room = Math.min(this.#maxBytes - this.#index.sizeBytes, free)
    while (room < bytes) {
      const oldest = this.#index.all.find((segment) => !segment.isInMemory)
      if (oldest === undefined) {
        const percent = Math.round(maxUsedRatio * 100)
        throw new Error(
          `no room: at most ${this.#maxBytes} bytes, and ${percent} % of the file system, are to be used`,
        )
      }
      room += oldest.sizeBytes
      this.#drop(oldest, 'disk_full')
      await this.#chores
    }
  }

  #dropOutdated(): void {
    const { clock, settings } = this.#context
    const oldestMs = clock() - settings.disk.outdatedMs
    for (const segment of this.#index.all.filter(({ isInMemory }) => !isInMemory))
      if (segment.sinceMs < oldestMs) this.#drop(segment, 'outdated')
  }

  #drop(segment: Segment, reason: string): void {
    if (segment.records > 0) this.#endpoint.countDropped(reason, segment.items, segment.records)
    this.#remove(segment)
  }

  /** Somebody has deleted the file. */
  #forget(segment: Segment): void {
    for (const [entry, owner] of this.#segmentOf)
      if (owner === segment) this.#segmentOf.delete(entry)
    this.#drop(segment, 'unreadable')
  }

  #remove(segment: Segment): void {
    this.#index.remove(segment)
    this.#chore(() => segment.remove())
  }

  #chore(act: () => Promise<void>): void {
    this.#chores = this.#chores.then(act).catch(() => {})
  }
}

/** Routes begin with a slash, and nothing else in our folder does. */
function isRouteFolder(name: string): boolean {
  return name.startsWith('%2F')
}
