import { closeSync, existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { basename, join } from 'node:path'
import { epollIn } from '../../libc/epoll-event.ts'
import type { Libc } from '../../libc/libc.ts'
import { findCgroup, type Wanted } from '../find-cgroup.ts'
import type { Hierarchy } from '../hierarchy.ts'
import type { FileBudget } from '../kept-file.ts'
import type { CgroupLife } from './cgroup-life.ts'
import { containerOfFolder } from './container-of-folder.ts'
import { openPopulatedNotice, openProcessNotice, readPids, type EndNotice } from './end-notice.ts'
import { FolderTree } from './folder-tree.ts'
import { openLifeCounters, type LifeCounters } from './life-counters.ts'
import { LifeNetwork, type NamespacesInUse } from './life-network.ts'
import { LivingCgroup } from './living-cgroup.ts'
import { ParentAccount, Sibling } from './parent-account.ts'
import { atRaisedPriority, holdRaisedPriority } from './raised-priority.ts'

export interface LoopParts {
  readonly libc: Libc
  readonly hierarchy: Exclude<Hierarchy, { readonly version: 'none' }>
  /** Root of the hierarchy whose folders are watched and where the CPU time is read. */
  readonly root: string
  readonly procRoot: string
  readonly budget: FileBudget
  readonly onLife: (life: CgroupLife) => void
  readonly onFault: (message: string) => void
}

interface Followed {
  readonly cgroup: LivingCgroup
  readonly account: ParentAccount
  readonly path: string
  readonly token: number
}

const treeToken = 0
const maxFollowed = 10_000
/** A cgroup that is kept after its last process is told of all the same after so long. */
const keptAfterEndMs = 1000
const maxRounds = 20
/** systemd deletes the cgroups it makes at once when they are empty. */
const scopeSuffix = '.scope'
/** Readings this close together are made at once. */
const togetherMs = 15

/** Follows all cgroups of containers from one epoll descriptor; everything in it is synchronous and short. */
export class LifetimeLoop {
  readonly #parts: LoopParts
  readonly #epoll: number
  readonly #tree: FolderTree
  readonly #onReady: { close(): void }
  readonly #accounts = new Map<string, ParentAccount>()
  readonly #followed = new Map<LivingCgroup, Followed>()
  readonly #byToken = new Map<number, Followed>()
  readonly #byPath = new Map<string, Followed>()
  readonly #namespaces: NamespacesInUse = new Set()
  readonly #cpuCount = Math.max(1, cpus().length)
  readonly #ended = { last_reading: 0, parent_remainder: 0, last_sample: 0 }
  #lives: CgroupLife[] = []
  #nextToken = treeToken + 1
  #timer: NodeJS.Timeout | undefined
  #cannotFollow = false
  #isClosed = false
  #hasBegun = false

  /** @throws {LibcError} If the kernel refuses what it needs. */
  constructor(parts: LoopParts) {
    this.#parts = parts
    const { libc, root, onFault } = parts
    this.#epoll = libc.epollCreate()
    this.#tree = new FolderTree({ libc, root, isLeaf: isContainer, onFault })
    libc.epollAdd(this.#epoll, {
      descriptor: this.#tree.descriptor,
      events: epollIn,
      token: treeToken,
    })
    this.#onReady = libc.onReady(this.#epoll, () =>
      atRaisedPriority(() => this.#run(() => this.#takeReady())),
    )
    this.#run(() => this.#takeChanges())
    this.#hasBegun = true
  }

  get followedCount(): number {
    return this.#followed.size
  }

  /** How many lives were told, by the way their CPU total was taken. */
  get ended(): Readonly<Record<CgroupLife['method'], number>> {
    return this.#ended
  }

  /** Whether the processes of containers cannot be followed from here: those of the newest could not be seen. */
  get cannotFollow(): boolean {
    return this.#cannotFollow
  }

  follow(wanted: Wanted): void {
    const path = findCgroup(this.#parts.hierarchy, wanted, this.#parts.procRoot)
    if (this.#isClosed || path === undefined || this.#byPath.has(path)) return
    this.#run(() => {
      this.#tree.watchTo(path)
      this.#takeChanges()
    })
  }

  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    clearTimeout(this.#timer)
    holdRaisedPriority(false)
    this.#onReady.close()
    this.#tree.close()
    closeSync(this.#epoll)
    for (const account of this.#accounts.values()) account.close()
    this.#tell()
  }

  /** Nothing gets out: a fault is told, and the next notice is taken. */
  #run(work: () => void): void {
    try {
      work()
      this.#settle()
    } catch (error) {
      this.#parts.onFault(`Cannot follow the life of cgroups: ${String(Object(error).message)}`)
    }
    this.#schedule()
    // Whoever is called back may take its time, or throw.
    if (this.#lives.length > 0) setImmediate(() => this.#tell())
  }

  #takeReady(): void {
    for (let round = 0; round < maxRounds; round += 1) {
      const tokens = this.#parts.libc.epollReady(this.#epoll)
      if (tokens.length === 0) return
      // Ends first: their counters may be gone in a moment.
      for (const token of tokens) {
        const followed = this.#byToken.get(token)
        if (followed !== undefined) this.#checkEnd(followed, followed.cgroup.checkEnd())
      }
      if (tokens.includes(treeToken)) this.#takeChanges()
    }
  }

  #checkEnd({ cgroup, account }: Followed, state: 'alive' | 'over' | 'gone'): void {
    if (state === 'gone') account.loseIfGone(cgroup)
  }

  #takeChanges(): void {
    const renewed = new Set<ParentAccount>()
    for (const { kind, parent, name } of this.#tree.takeChanges()) {
      if (kind === 'gone') this.#remove(parent, name)
      else if (this.#meet(parent, name)) {
        const account = this.#accounts.get(parent)
        if (account !== undefined) renewed.add(account)
      }
    }
    for (const account of renewed) account.renew(() => this.#takeChanges())
  }

  /** @returns Whether it is a container's. */
  #meet(parent: string, name: string): boolean {
    const path = join(parent, name)
    const containerId = containerOfFolder(name)
    if (containerId === undefined || this.#followed.size >= maxFollowed) {
      this.#accounts.get(parent)?.add(name, this.#openSibling(path))
      return false
    }
    const account = this.#accounts.get(parent) ?? this.#openAccount(parent)
    const followed = this.#openFollowed({ path, containerId, account })
    account.add(name, followed.cgroup)
    return true
  }

  #remove(parent: string, name: string): void {
    const path = join(parent, name)
    const account = this.#accounts.get(parent)
    const member = account?.remove(name)
    if (member instanceof LivingCgroup && member.finalNanos !== undefined) {
      this.#end(member, member.describeLife())
    }
    // Below a folder that is gone there is nothing left to account for.
    this.#accounts.get(path)?.close()
    this.#accounts.delete(path)
  }

  #openAccount(parent: string): ParentAccount {
    const folder = join(this.#parts.root, parent)
    const account = new ParentAccount({
      counters: this.#openCounters(parent),
      hasOwnProcesses: () => readPids(folder)?.length !== 0,
      cpuCount: this.#cpuCount,
    })
    for (const name of this.#tree.childrenOf(parent)) {
      if (containerOfFolder(name) === undefined) {
        account.add(name, this.#openSibling(join(parent, name)))
      }
    }
    this.#accounts.set(parent, account)
    return account
  }

  #openFollowed(what: { path: string; containerId: string; account: ParentAccount }): Followed {
    const { path, containerId, account } = what
    const folder = join(this.#parts.root, path)
    const token = this.#nextToken
    this.#nextToken = (this.#nextToken % 0xffff_ffff) + 1
    const cgroup = new LivingCgroup({
      containerId,
      counters: this.#openCounters(path),
      notice: this.#openNotice(folder, token),
      network: new LifeNetwork(this.#parts.procRoot, this.#namespaces),
      listPids: () => readPids(folder) ?? [],
      isThere: () => isAlive(folder),
      isNew: this.#hasBegun,
      isDeletedAtOnce: path.endsWith(scopeSuffix),
    })
    const followed = { cgroup, account, path, token }
    this.#followed.set(cgroup, followed)
    this.#byToken.set(token, followed)
    this.#byPath.set(path, followed)
    return followed
  }

  #openSibling(path: string): Sibling {
    return new Sibling(this.#openCounters(path), () => isAlive(join(this.#parts.root, path)))
  }

  #openNotice(folder: string, token: number): EndNotice {
    const { libc, budget, hierarchy } = this.#parts
    const options = { libc, epoll: this.#epoll, token, budget }
    return hierarchy.version === 'v2'
      ? openPopulatedNotice(folder, options)
      : openProcessNotice(folder, options)
  }

  #openCounters(path: string): LifeCounters {
    return openLifeCounters(this.#parts.hierarchy, path, this.#parts.budget)
  }

  /** Changes that are taken in for one account may bring losses to another. */
  #settle(): void {
    for (let account = this.#findLoss(); account !== undefined; account = this.#findLoss()) {
      for (const { cgroup, cpu } of account.settle(() => this.#takeChanges())) {
        this.#end(cgroup, cgroup.describeLife(cpu))
      }
    }
  }

  #findLoss(): ParentAccount | undefined {
    return this.#accounts.values().find((account) => account.hasLost)
  }

  #end(cgroup: LivingCgroup, life: CgroupLife): void {
    const followed = this.#followed.get(cgroup)
    if (followed === undefined) return
    if (this.#parts.hierarchy.version === 'v1') this.#cannotFollow = cgroup.isHidden
    this.#followed.delete(cgroup)
    this.#byToken.delete(followed.token)
    if (this.#byPath.get(followed.path) === followed) this.#byPath.delete(followed.path)
    this.#ended[life.method] += 1
    this.#lives.push(life)
  }

  #tell(): void {
    const lives = this.#lives
    this.#lives = []
    for (const life of lives) {
      try {
        this.#parts.onLife(life)
      } catch (error) {
        this.#parts.onFault(`Cannot take the totals of a cgroup: ${String(Object(error).message)}`)
      }
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer)
    let nextMs = Infinity
    let isAnyYoung = false
    for (const cgroup of this.#followed.keys()) {
      nextMs = Math.min(nextMs, cgroup.nextReadAtMs)
      isAnyYoung ||= cgroup.isYoung
    }
    holdRaisedPriority(isAnyYoung)
    if (nextMs === Infinity) return
    const waitMs = Math.max(togetherMs, nextMs - performance.now())
    this.#timer = setTimeout(() => this.#run(() => this.#readAgain()), waitMs).unref()
  }

  #readAgain(): void {
    const until = performance.now() + togetherMs
    for (const [cgroup, followed] of this.#followed) {
      if (cgroup.nextReadAtMs > until) continue
      if ((cgroup.endedForMs ?? 0) > keptAfterEndMs) this.#endKept(followed)
      else this.#checkEnd(followed, cgroup.readAgain(this.#parts.budget))
    }
  }

  /** The folder stays: from now on it counts as one that is no container's. */
  #endKept({ cgroup, account, path }: Followed): void {
    const sibling = this.#openSibling(path)
    // One that is gone by now stays as it ended, until its removal is told.
    if (sibling.wasRead) account.add(basename(path), sibling)
    else sibling.close()
    this.#end(cgroup, cgroup.describeLife())
  }
}

function isContainer(name: string): boolean {
  return containerOfFolder(name) !== undefined
}

/** The kernel takes the files of a cgroup away before its folder. */
function isAlive(folder: string): boolean {
  return existsSync(join(folder, 'cgroup.procs'))
}
