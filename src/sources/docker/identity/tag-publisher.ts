import type { TaggedContainer, Tagger } from '../../../component/tagger.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { hasProcess } from '../has-process.ts'
import type { Identity } from './create-identity.ts'

/** A container that was found ended so long ago has nothing under way any more. */
const recentMs = 5 * 60_000

export interface PublisherParts {
  readonly tagger: Tagger
  readonly makeTags: Identity['makeTags']
  /** Number of the container's cgroup; asked once for each of its runs. */
  readonly readInode: (container: EngineContainer) => string | undefined
  /** Unix time in milliseconds. */
  readonly clock: () => number
}

/** A run of a container that is known to the tagger. */
interface Published {
  readonly pid: number
  readonly startedAtMs: number | undefined
  readonly cgroupInode: string | undefined
}

/**
 * Tells the tagger of every container that runs, whether its own figures are watched or not: as in the Datadog Agent, an
 * exclude list has no say in what the container itself sends.
 */
export class TagPublisher {
  readonly #parts: PublisherParts
  readonly #published = new Map<string, Published>()

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  /** Takes the whole list of the engine: what is neither in it nor in `otherIds` is gone. */
  replaceAll(containers: readonly EngineContainer[], otherIds: readonly string[]): void {
    const listed = new Set([...containers.map(({ id }) => id), ...otherIds])
    for (const id of this.#published.keys()) if (!listed.has(id)) this.remove(id)
    for (const container of containers) this.put(container)
  }

  /** Takes what the engine now says of one container. */
  put(container: EngineContainer): void {
    const { id, pid, startedAtMs } = container
    if (!hasProcess(container)) {
      // What it did between its start and the engine's answer may be told by others later.
      if (!this.#published.has(id) && this.#hasJustEnded(container)) this.#publish(container)
      this.remove(id)
      return
    }
    const known = this.#published.get(id)
    const isSameRun = known?.pid === pid && known.startedAtMs === startedAtMs
    const cgroupInode = isSameRun ? known.cgroupInode : this.#parts.readInode(container)
    this.#published.set(id, { pid, startedAtMs, cgroupInode })
    this.#publish(container, cgroupInode)
  }

  remove(id: string): void {
    this.#published.delete(id)
    this.#parts.tagger.retire(id)
  }

  /** Nobody says any more when these end. */
  close(): void {
    for (const id of this.#published.keys()) this.remove(id)
  }

  #publish(container: EngineContainer, cgroupInode?: string): void {
    const { low, orchestrator, high } = this.#parts.makeTags(container)
    const pod = findPod(container.labels)
    this.#parts.tagger.publish({
      id: container.id,
      tags: { low, orchestrator, high },
      ...(cgroupInode !== undefined && { cgroupInode }),
      ...(pod && { pod }),
    })
  }

  #hasJustEnded({ finishedAtMs }: EngineContainer): boolean {
    return finishedAtMs !== undefined && this.#parts.clock() - finishedAtMs < recentMs
  }
}

/** Where the kubelet runs it; the container `POD` only holds the pod's network. */
function findPod(labels: Readonly<Record<string, string>>): TaggedContainer['pod'] {
  const uid = labels['io.kubernetes.pod.uid']
  const containerName = labels['io.kubernetes.container.name']
  if (uid === undefined || containerName === undefined || containerName === 'POD') return undefined
  return { uid, containerName }
}
