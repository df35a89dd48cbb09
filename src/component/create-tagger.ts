import type { Cardinality } from '../model/cardinality.ts'
import type { TaggedContainer, Tagger } from './tagger.ts'

/** What a container has sent may come this long after its end: as long as the Datadog Agent keeps its tags. */
const keptAfterEndMs = 5 * 60_000
const maxRetired = 10_000

/**
 * Knows nothing at first. Containers that are gone are kept for five minutes, 10,000 of them at most, the newest.
 * @param clock Unix time in milliseconds.
 * @see DataDog/datadog-agent, `deletedTTL` in comp/core/tagger/tagstore
 */
export function createTagger(clock: () => number = Date.now): Tagger {
  return new ContainerTagger(clock)
}

class ContainerTagger implements Tagger {
  readonly #clock: () => number
  readonly #containers = new Map<string, TaggedContainer>()
  /** When each that is gone went, the first gone first. */
  readonly #retired = new Map<string, number>()
  readonly #idsByInode = new Map<string, string>()
  readonly #idsByPod = new Map<string, Map<string, string>>()
  readonly #listeners = new Set<() => void>()
  #isChangeDue = false

  constructor(clock: () => number) {
    this.#clock = clock
  }

  publish(container: TaggedContainer): void {
    this.#forgetOld()
    const { id, cgroupInode, pod } = container
    this.#retired.delete(id)
    const known = this.#containers.get(id)
    if (known !== undefined && isSame(known, container)) return
    if (known !== undefined) this.#unlink(known)
    this.#containers.set(id, container)
    // The kernel gives numbers anew: whoever comes last has it.
    if (cgroupInode !== undefined) this.#idsByInode.set(cgroupInode, id)
    if (pod !== undefined) this.#containersOf(pod.uid).set(pod.containerName, id)
    this.#noteChange()
  }

  retire(containerId: string): void {
    if (!this.#containers.has(containerId) || this.#retired.has(containerId)) return
    this.#retired.set(containerId, this.#clock())
    this.#forgetOld()
  }

  tagsOf(containerId: string, cardinality: Cardinality): readonly string[] | undefined {
    const container = this.#containers.get(containerId)
    if (container === undefined || cardinality === 'none') return container && []
    return container.tags[cardinality]
  }

  tagsOfPod(podUid: string, cardinality: Cardinality): readonly string[] | undefined {
    const ids = [...(this.#idsByPod.get(podUid)?.values() ?? [])]
    const running = ids.filter((id) => !this.#retired.has(id))
    const [first, ...others] = (running.length === 0 ? ids : running).map(
      (id) => this.tagsOf(id, cardinality) ?? [],
    )
    return first?.filter((tag) => others.every((tags) => tags.includes(tag)))
  }

  findByInode(cgroupInode: string): string | undefined {
    return this.#idsByInode.get(cgroupInode)
  }

  findByPod(podUid: string, containerName: string): string | undefined {
    return this.#idsByPod.get(podUid)?.get(containerName)
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Once for all that changes at one time, such as the whole list of an engine. */
  #noteChange(): void {
    if (this.#isChangeDue) return
    this.#isChangeDue = true
    setImmediate(() => {
      this.#isChangeDue = false
      for (const listener of this.#listeners) listener()
    })
  }

  #forgetOld(): void {
    const oldestMs = this.#clock() - keptAfterEndMs
    for (const [id, atMs] of this.#retired) {
      if (atMs > oldestMs && this.#retired.size <= maxRetired) return
      this.#retired.delete(id)
      const container = this.#containers.get(id)
      this.#containers.delete(id)
      if (container !== undefined) this.#unlink(container)
    }
  }

  #unlink({ id, cgroupInode, pod }: TaggedContainer): void {
    if (cgroupInode !== undefined) deleteIf(this.#idsByInode, cgroupInode, id)
    if (pod === undefined) return
    const siblings = this.#containersOf(pod.uid)
    deleteIf(siblings, pod.containerName, id)
    if (siblings.size === 0) this.#idsByPod.delete(pod.uid)
  }

  #containersOf(podUid: string): Map<string, string> {
    const known = this.#idsByPod.get(podUid)
    if (known !== undefined) return known
    const made = new Map<string, string>()
    this.#idsByPod.set(podUid, made)
    return made
  }
}

/** What another container has taken over stays. */
function deleteIf(ids: Map<string, string>, key: string, id: string): void {
  if (ids.get(key) === id) ids.delete(key)
}

function isSame(one: TaggedContainer, other: TaggedContainer): boolean {
  return (
    one.cgroupInode === other.cgroupInode &&
    one.pod?.uid === other.pod?.uid &&
    one.pod?.containerName === other.pod?.containerName &&
    (['low', 'orchestrator', 'high'] as const).every((cardinality) =>
      isSameList(one.tags[cardinality], other.tags[cardinality]),
    )
  )
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, at) => tag === other[at])
}
