import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { isBorrowed } from '../figures/open-followed.ts'

/** Who an event, a check or a total is about. */
export interface Subject {
  readonly name: string
  readonly image: string
  /** All tags at high cardinality. */
  readonly tags: readonly string[]
  /** Whether it is in the network of the host or of another container, so that what goes through it is not its own. */
  readonly isNetworkBorrowed?: boolean
}

/** What an event says of its container, where nothing else is known of it. */
export type Mention = Pick<
  EngineEvent,
  'containerId' | 'containerName' | 'image' | 'attributes' | 'timeNanos'
>

export interface SubjectSources {
  /** As the engine has described it; `undefined` before its first answer and once it is removed. */
  readonly containerOf: (id: string) => EngineContainer | undefined
  readonly tagsOf: (container: EngineContainer) => readonly string[]
  /** `false` for a container that a filter keeps out. */
  readonly isWatched: (container: EngineContainer) => boolean
  /** What an image is called that was asked for as `image`, which may be its id; `image` where it has no name. */
  readonly imageNameOf: (image: string, imageId: string) => string
  /** `docker`, `podman`. */
  readonly runtime: () => string
}

/** Removed containers that are still remembered, for what is told of them late. */
const rememberedContainers = 2000

/**
 * Says who a container is, also one that is gone: from its description as long as that is remembered, else from what an
 * event says of it.
 */
export class EventSubjects {
  readonly #sources: SubjectSources
  readonly #removed = new Map<string, EngineContainer>()

  constructor(sources: SubjectSources) {
    this.#sources = sources
  }

  /** Takes the last description of a container that is about to be forgotten. */
  remember(container: EngineContainer): void {
    this.#removed.set(container.id, container)
    if (this.#removed.size <= rememberedContainers) return
    for (const oldest of this.#removed.keys()) {
      this.#removed.delete(oldest)
      return
    }
  }

  /** @returns `undefined` for one that a filter keeps out, and for one of which nothing at all is known. */
  of(id: string, mention?: Mention): Subject | undefined {
    const container = this.#find(id, mention)
    if (container === undefined) return undefined
    const { tagsOf, imageNameOf } = this.#sources
    return {
      name: container.name,
      image: imageNameOf(container.image, container.imageId),
      tags: tagsOf(container),
      isNetworkBorrowed: isBorrowed(container.networkMode),
    }
  }

  /** Whether `of` has an answer; costs less, since it makes no tags. */
  has(id: string, mention: Mention): boolean {
    return this.#find(id, mention) !== undefined
  }

  #find(id: string, mention: Mention | undefined): EngineContainer | undefined {
    const { containerOf, isWatched } = this.#sources
    const known = containerOf(id) ?? this.#removed.get(id)
    const container = known ?? (mention && describe(mention, this.#sources))
    return container !== undefined && isWatched(container) ? container : undefined
  }
}

/** A container of which nothing but its events was ever seen: their attributes hold its labels. */
function describe(mention: Mention, { imageNameOf, runtime }: SubjectSources): EngineContainer {
  const imageId = mention.image.startsWith('sha256:') ? mention.image : ''
  const image = imageNameOf(mention.image, imageId)
  return {
    id: mention.containerId,
    name: mention.containerName,
    image,
    imageId,
    runtime: runtime(),
    state: 'removed',
    health: 'none',
    createdAtMs: Number(mention.timeNanos / 1_000_000n),
    wasOomKilled: false,
    restartCount: 0,
    command: '',
    labels: labelsOf(mention.attributes),
    env: [],
    ports: [],
    mounts: [],
    networks: [],
    networkMode: '',
    pid: 0,
    cgroupParent: '',
    healthOutput: '',
    log: { driver: '', path: '', isTty: false, label: '' },
  }
}

/** What the engine itself puts beside the labels. */
const ownAttributes = new Set([
  'name',
  'image',
  'exitCode',
  'signal',
  'execID',
  'oldName',
  'containerExitCode',
  'execDuration',
])

function labelsOf(attributes: Mention['attributes']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !ownAttributes.has(name)))
}
