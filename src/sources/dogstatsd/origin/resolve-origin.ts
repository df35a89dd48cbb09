import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { Tagger } from '../../../component/tagger.ts'
import type { Cardinality } from '../../../model/cardinality.ts'
import { parseExternalData, type ExternalData } from '../../../wire/dogstatsd/external-data.ts'
import { parseLocalData, type LocalData } from '../../../wire/dogstatsd/local-data.ts'
import type { Origin } from '../worker-messages.ts'

/** What is known of where samples come from. */
export interface ResolvedOrigin {
  /** Each once; empty where nothing is known. */
  readonly tags: readonly string[]
  /** Whether something was looked for in vain, which may still become known. */
  readonly isMissing: boolean
}

/** What an origin tells, and where to look it up. */
interface Search {
  readonly tagger: Tagger
  readonly cardinality: Cardinality
  readonly origin: Origin
  readonly local: LocalData
  readonly external: ExternalData
}

type Tags = readonly string[]

const nothing: ResolvedOrigin = { tags: [], isMissing: false }
const cardinalities: ReadonlyMap<string, Cardinality> = new Map([
  ['none', 'none'],
  ['low', 'low'],
  ['orchestrator', 'orchestrator'],
  ['orch', 'orchestrator'],
  ['high', 'high'],
])
/** The value of `dd.internal.entity_id` by which a client says that it wants no tags for what it tells. */
const noEntity = 'none'

/**
 * The tags of whoever sent something, in the order of the Datadog Agent: that of old, or with `origin_detection_unified`
 * the ladder on which the first rung that is known wins.
 * @see DataDog/datadog-agent, `EnrichTags` in comp/core/tagger/impl/tagger.go
 */
export function resolveOrigin(
  origin: Origin,
  tagger: Tagger,
  settings: DogstatsdSettings['origin'],
): ResolvedOrigin {
  const told = cardinalities.get(origin.cardinality?.toLowerCase() ?? '')
  if (told === 'none' && (settings.isUnified || settings.mayOptOut)) return nothing
  const search: Search = {
    tagger,
    cardinality: told ?? settings.cardinality,
    origin,
    local: parseLocalData(origin.localData ?? ''),
    external: parseExternalData(origin.externalData ?? ''),
  }
  return settings.isUnified
    ? climbLadder(search)
    : addUp(search, { hasEntityPrecedence: settings.hasEntityPrecedence })
}

/** The tags of the sending process and those that the client asks for, together. */
function addUp(
  search: Search,
  { hasEntityPrecedence }: { readonly hasEntityPrecedence: boolean },
): ResolvedOrigin {
  const { senderContainerId, entityId = '' } = search.origin
  const isSenderWanted = entityId === '' || !hasEntityPrecedence
  const found = [
    ...(senderContainerId !== undefined && isSenderWanted
      ? [tagsOf(search, senderContainerId)]
      : []),
    ...findOfClient(search),
  ]
  return {
    tags: [...new Set(found.flatMap((tags) => tags ?? []))],
    isMissing: found.includes(undefined),
  }
}

/** What the client itself tells: of its pod, else of its container. At most one. */
function findOfClient(search: Search): readonly (Tags | undefined)[] {
  const { entityId = '' } = search.origin
  if (entityId === noEntity) return []
  if (entityId !== '') return [tagsOfPod(search, entityId)]
  const { local, external } = search
  if (local.containerId !== undefined || local.cgroupInode !== undefined)
    return [tagsOfLocal(search)]
  if (external.podUid === undefined || external.containerName === undefined) return []
  return [tagsOfExternal(search)]
}

function climbLadder(search: Search): ResolvedOrigin {
  const { origin, local, external } = search
  const rungs: readonly (readonly [isTold: boolean, find: () => Tags | undefined])[] = [
    [origin.senderContainerId !== undefined, () => tagsOf(search, origin.senderContainerId)],
    [local.containerId !== undefined || local.cgroupInode !== undefined, () => tagsOfLocal(search)],
    [
      external.podUid !== undefined && external.containerName !== undefined,
      () => tagsOfExternal(search),
    ],
    [isPod(origin.entityId), () => tagsOfPod(search, origin.entityId)],
    [external.podUid !== undefined, () => tagsOfPod(search, external.podUid)],
  ]
  let isMissing = false
  for (const [isTold, find] of rungs) {
    if (!isTold) continue
    const tags = find()
    if (tags !== undefined) return { tags, isMissing }
    isMissing = true
  }
  return { tags: [], isMissing }
}

function isPod(entityId = ''): boolean {
  return entityId !== '' && entityId !== noEntity
}

/** The id goes before the number of the cgroup. */
function tagsOfLocal(search: Search): Tags | undefined {
  const { containerId, cgroupInode = '' } = search.local
  return tagsOf(search, containerId ?? search.tagger.findByInode(cgroupInode))
}

function tagsOfExternal(search: Search): Tags | undefined {
  const { podUid = '', containerName = '' } = search.external
  return tagsOf(search, search.tagger.findByPod(podUid, containerName))
}

function tagsOf({ tagger, cardinality }: Search, containerId = ''): Tags | undefined {
  return tagger.tagsOf(containerId, cardinality)
}

function tagsOfPod({ tagger, cardinality }: Search, podUid = ''): Tags | undefined {
  return tagger.tagsOfPod(podUid, cardinality)
}
