import type { FileBudget } from '../kept-file.ts'
import { openNetReader, type NetReader } from '../net-reader.ts'
import { readNetworkNamespace } from '../own-process.ts'
import { readProcess } from '../read-process.ts'

/** What went through the interfaces of one container, all together. */
export interface Traffic {
  readonly receivedBytes: number
  readonly sentBytes: number
}

/** The network namespaces that are in use by containers, so that a shared one counts for its first user only. */
export type NamespacesInUse = Set<string>

/** Counts a container's traffic from the moment it is in a network namespace of its own. */
export class LifeNetwork {
  readonly #procRoot: string
  readonly #inUse: NamespacesInUse
  #reader: NetReader | undefined
  #namespace: string | undefined
  #traffic: Traffic | undefined

  constructor(procRoot: string, inUse: NamespacesInUse) {
    this.#procRoot = procRoot
    this.#inUse = inUse
  }

  get isOpen(): boolean {
    return this.#reader !== undefined
  }

  /** The last reading; `undefined` without a network namespace of its own. */
  get traffic(): Traffic | undefined {
    return this.#traffic
  }

  /**
   * Takes the namespace of a process if it is neither the host's nor another container's, nor that of its parent: the first
   * process of a container begins where its runtime runs, which may be a network of an engine's own.
   */
  open(pid: number, budget: FileBudget): void {
    if (this.#reader !== undefined) return
    const namespace = readNetworkNamespace(pid, this.#procRoot)
    if (namespace === undefined || this.#inUse.has(namespace)) return
    const parentPid = readProcess(this.#procRoot, pid)?.parentPid ?? 0
    const outside = [1, parentPid].map((other) => readNetworkNamespace(other, this.#procRoot))
    if (outside.includes(namespace)) return
    const reader = openNetReader(this.#procRoot, pid, budget)
    const first = reader.read()
    // A process that has changed its namespace meanwhile is looked at again.
    if (first === undefined || readNetworkNamespace(pid, this.#procRoot) !== namespace) {
      reader.close()
      return
    }
    this.#reader = reader
    this.#namespace = namespace
    this.#inUse.add(namespace)
  }

  read(): void {
    const interfaces = this.#reader?.read()
    if (interfaces === undefined) return
    this.#traffic = {
      receivedBytes: interfaces.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0),
      sentBytes: interfaces.reduce((sum, { sentBytes }) => sum + sentBytes, 0),
    }
  }

  /** At once when the container has ended: the open descriptor keeps its namespace alive. */
  close(): void {
    this.#reader?.close()
    this.#reader = undefined
    if (this.#namespace !== undefined) this.#inUse.delete(this.#namespace)
    this.#namespace = undefined
  }
}
