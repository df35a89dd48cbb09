import type { LifeCounters } from './life-counters.ts'
import { LivingCgroup, type LifeCpu } from './living-cgroup.ts'
import { atRaisedPriority } from './raised-priority.ts'
import { readRemainder, type Child } from './remainder.ts'
import { splitUnknown, type Bounds, type Estimate, type UnknownEnd } from './split-unknown.ts'

/** A cgroup beside a container's that is none itself; it counts in what their parent has used. */
export class Sibling implements Child {
  readonly #counters: LifeCounters
  readonly isThere: () => boolean
  lastNanos = 0
  lastReadAtMs: number = performance.now()
  readonly finalNanos = undefined
  /** `false` for one that was gone before it could be read. */
  readonly wasRead: boolean

  /** @param isThere Whether its files still exist. */
  constructor(counters: LifeCounters, isThere: () => boolean) {
    this.#counters = counters
    this.isThere = isThere
    // What it used before is not news: without this it would count as used by those that end beside it.
    this.wasRead = this.readCpuNanos() !== undefined
  }

  readonly readCpuNanos = (): number | undefined => {
    const nanos = this.#counters.readCpuNanos()
    if (nanos === undefined || nanos < this.lastNanos) return undefined
    this.lastNanos = nanos
    this.lastReadAtMs = performance.now()
    return nanos
  }

  close(): void {
    this.#counters.close()
  }
}

export type Member = LivingCgroup | Sibling

/** A container whose counter could not be read after its end, with what could be found out nevertheless. */
export interface LostLife {
  readonly cgroup: LivingCgroup
  readonly cpu: LifeCpu
}

export interface AccountParts {
  /** Counters of the parent. */
  readonly counters: LifeCounters
  /** Whether processes are in the parent itself: then it keeps more than its dead children used. */
  readonly hasOwnProcesses: () => boolean
  readonly cpuCount: number
}

/** A reading as narrow as this need not be repeated. */
const narrowNanos = 300_000
const renewEveryMs = 250
const maxTries = 20
const maxReadings = 4
/** What runs is charged at each tick of the scheduler, at the latest so long after. */
const chargedWithinMs = 10

/**
 * Keeps what the dead children of one cgroup have used, in bounds: the kernel adds it up, less what the living ones used.
 * Its growth is the total of those whose last moment was missed.
 */
export class ParentAccount {
  readonly #parts: AccountParts
  readonly #members = new Map<string, Member>()
  #lost: { member: Member; atMs: number }[] = []
  #dead: Bounds | undefined
  /** What each member had used at the reading before the last: the busiest are read next to their parent. */
  readonly #before = new Map<Member, number>()
  #renewedAtMs = Number.NEGATIVE_INFINITY
  /** Counts the changes of its members. */
  #version = 0

  constructor(parts: AccountParts) {
    this.#parts = parts
  }

  get hasLost(): boolean {
    return this.#lost.length > 0
  }

  add(name: string, member: Member): void {
    const replaced = this.#members.get(name)
    if (replaced !== undefined) this.#before.delete(replaced)
    this.#members.set(name, member)
    this.#version += 1
  }

  /**
   * Reads what the dead have used when that is not known well enough. To be called when members have been added.
   * @param takeChanges As for `settle()`: a child that is not known yet would count as dead.
   */
  renew(takeChanges: () => void): void {
    const now = performance.now()
    if (isNarrow(this.#dead) || this.#lost.length > 0) return
    if (this.#dead !== undefined && now < this.#renewedAtMs + renewEveryMs) return
    this.#renewedAtMs = now
    const version = this.#version
    // Nothing died in between: what was known before still holds.
    const dead = atRaisedPriority(() => this.#readNarrow(this.#dead))
    takeChanges()
    if (this.#version === version) this.#dead = dead
  }

  /**
   * Takes out a child whose folder is gone.
   * @returns It, if it was there.
   */
  remove(name: string): Member | undefined {
    const member = this.#members.get(name)
    if (member === undefined) return undefined
    const { finalNanos } = member
    if (finalNanos === undefined) this.#lose(member)
    else {
      this.#forget(member)
      this.#dead = shift(this.#dead, finalNanos)
    }
    return member
  }

  /**
   * Takes out a child whose counter cannot be read any more. While its files are there, that says nothing: its removal is
   * told soon, or the reading failed for another reason.
   */
  loseIfGone(member: Member): void {
    if (!member.isThere()) this.#lose(member)
  }

  /**
   * Finds out what those that were lost have used.
   * @param takeChanges Takes in what has happened to the folders up to now, into this account too.
   */
  settle(takeChanges: () => void): readonly LostLife[] {
    const before = this.#dead
    const after = atRaisedPriority(() => this.#readSettled(takeChanges))
    const lost = this.#lost
    this.#lost = []
    // What was added with a known total meanwhile has shifted it.
    const known = this.#dead ?? before
    this.#dead = after
    const ends = lost.map(({ member, atMs }) => this.#toUnknownEnd(member, atMs))
    const estimates =
      known === undefined || after === undefined || this.#parts.hasOwnProcesses()
        ? undefined
        : splitUnknown({ low: after.low - known.high, high: after.high - known.low }, ends)
    return lost.flatMap(({ member }, at) => {
      if (!(member instanceof LivingCgroup)) return []
      return [{ cgroup: member, cpu: toLifeCpu(estimates?.[at], ends[at]) }]
    })
  }

  close(): void {
    this.#parts.counters.close()
    for (const member of this.#members.values()) member.close()
  }

  /** A reading during which no child came or went. */
  #readSettled(takeChanges: () => void): Bounds | undefined {
    for (let tries = 0; tries < maxTries; tries += 1) {
      const version = this.#version
      const bounds = this.#readNarrow(undefined)
      takeChanges()
      if (bounds !== undefined && this.#version === version) return bounds
    }
    return undefined
  }

  /**
   * Reads as often as it takes to know it well: as long as nobody dies, it stays the same.
   * @returns `undefined` when somebody died, or nothing can be read.
   */
  #readNarrow(known: Bounds | undefined): Bounds | undefined {
    let bounds = known
    for (let readings = 0; readings < maxReadings; readings += 1) {
      const reading = this.#read()
      if (reading === undefined) return known
      bounds = narrow(bounds, reading)
      if (isNarrow(bounds)) break
    }
    return bounds
  }

  #read(): Bounds | undefined {
    const growth = (member: Member): number => member.lastNanos - (this.#before.get(member) ?? 0)
    const members = [...this.#members.values()].toSorted((a, b) => growth(a) - growth(b))
    for (const member of members) this.#before.set(member, member.lastNanos)
    const reading = readRemainder(this.#parts.counters, members)
    if (reading.kind === 'gone') {
      for (const member of reading.children) {
        if (member instanceof LivingCgroup || member instanceof Sibling) this.loseIfGone(member)
      }
    }
    return reading.kind === 'bounds' ? reading.bounds : undefined
  }

  #lose(member: Member): void {
    this.#forget(member)
    this.#lost.push({ member, atMs: performance.now() })
  }

  #forget(member: Member): void {
    for (const [name, other] of this.#members) if (other === member) this.#members.delete(name)
    this.#before.delete(member)
    this.#version += 1
    member.close()
  }

  #toUnknownEnd({ lastNanos, lastReadAtMs }: Member, atMs: number): UnknownEnd {
    const sinceMs = atMs - lastReadAtMs + chargedWithinMs
    return { lastNanos, atMostNanos: Math.ceil(sinceMs * 1e6 * this.#parts.cpuCount) }
  }
}

function toLifeCpu(estimate: Estimate | undefined, end: UnknownEnd | undefined): LifeCpu {
  if (estimate !== undefined) {
    const { cpuNanos, errorNanos } = estimate
    return { method: 'parent_remainder', cpuNanos, cpuErrorNanos: errorNanos }
  }
  return {
    method: 'last_sample',
    cpuNanos: end?.lastNanos,
    cpuErrorNanos: end?.atMostNanos ?? Infinity,
  }
}

function isNarrow(bounds: Bounds | undefined): boolean {
  return bounds !== undefined && bounds.high - bounds.low <= narrowNanos
}

function narrow(known: Bounds | undefined, reading: Bounds): Bounds {
  const low = Math.max(known?.low ?? reading.low, reading.low)
  const high = Math.min(known?.high ?? reading.high, reading.high)
  return low <= high ? { low, high } : reading
}

function shift(bounds: Bounds | undefined, nanos: number): Bounds | undefined {
  return bounds === undefined ? undefined : { low: bounds.low + nanos, high: bounds.high + nanos }
}
