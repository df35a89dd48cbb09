import type { Inventory } from '../model/container.ts'
import type { ToldContainers } from '../wire/datadog-process/decode-containers.ts'

interface OpenList {
  readonly groupId: number
  /** Messages that have come. */
  count: number
  readonly ids: Set<string>
}

/** Hosts whose lists are put together at one time. */
const maxHosts = 2_000
const containerId = /^[0-9a-f]{64}$/

/**
 * Puts the lists of containers together that come in several messages: what a host no longer has is only known once all
 * of them are there.
 */
export class ContainerLists {
  readonly #open = new Map<string, OpenList>()

  /**
   * What a message tells of its host: all containers, when it is the whole list; else only those in it, and with the last
   * message of a list, which of `knownIds` are gone. Containers whose id has another form than Docker's and containerd's
   * are left out.
   */
  take(told: ToldContainers, timeMs: number, knownIds: () => readonly string[]): Inventory {
    const { host, groupId, groupSize } = told
    const containers = told.containers.filter(({ id }) => containerId.test(id))
    const inventory = { kind: 'inventory', host, timeMs, containers } as const
    if (groupSize <= 1) {
      this.#open.delete(host)
      return { ...inventory, isFull: true, removedIds: [] }
    }
    const list = this.#listOf(host, groupId)
    list.count += 1
    for (const { id } of containers) list.ids.add(id)
    if (list.count < groupSize) return { ...inventory, isFull: false, removedIds: [] }
    this.#open.delete(host)
    const removedIds = knownIds().filter((id) => !list.ids.has(id))
    return { ...inventory, isFull: false, removedIds }
  }

  /** A new list takes the place of one that never became whole. */
  #listOf(host: string, groupId: number): OpenList {
    const known = this.#open.get(host)
    if (known?.groupId === groupId) return known
    const list = { groupId, count: 0, ids: new Set<string>() }
    this.#open.delete(host)
    const [oldest] = this.#open.keys()
    if (this.#open.size >= maxHosts && oldest !== undefined) this.#open.delete(oldest)
    this.#open.set(host, list)
    return list
  }
}
