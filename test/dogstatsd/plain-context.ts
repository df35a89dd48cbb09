import type { DogstatsdSettings } from '../../src/component/dogstatsd-settings.ts'
import type { MetricType } from '../../src/sources/dogstatsd/metric-type.ts'
import type { Origin } from '../../src/sources/dogstatsd/worker-messages.ts'
import { splitMagicTags } from '../../src/wire/dogstatsd/enrich-tags.ts'
import type { OriginFields } from '../../src/wire/dogstatsd/message.ts'

export type PlainOrigin = Omit<Origin, 'id'>

/** What samples are added up by. */
export interface PlainIdentity {
  readonly type: MetricType
  readonly name: string
  /** Sorted, each once. */
  readonly tags: readonly string[]
  readonly host: string | undefined
  readonly origin: PlainOrigin
}

/** What is added up together. */
export interface PlainContext extends PlainIdentity {
  /** Those of the interval that is open, in the order they came. */
  samples: PlainSample[]
  /** Start of the last interval that had a sample to be added up; 0 where none had. */
  sampledS: number
  /** Start of the interval in which it was made, or last had a sample of any kind. */
  heardS: number
}

export interface PlainSample {
  /** A set's is text. */
  readonly value: number | string
  readonly sampleRate: number
  /** Place among all samples. */
  readonly order: number
}

/** Tags, host and origin of a message. */
export function identifyOrigin(
  message: OriginFields,
  allTags: readonly string[],
  senderContainerId: string | undefined,
): Pick<PlainIdentity, 'tags' | 'host' | 'origin'> {
  const { tags, host, entityId, ...split } = splitMagicTags(allTags)
  const { localData, externalData } = message
  const cardinality = message.cardinality ?? split.cardinality
  const origin = {
    ...(senderContainerId !== undefined && { senderContainerId }),
    ...(localData !== undefined && { localData }),
    ...(externalData !== undefined && { externalData }),
    ...(cardinality !== undefined && { cardinality }),
    ...(entityId !== undefined && { entityId }),
  }
  return { tags: [...new Set(tags)].toSorted(), host, origin }
}

/** The contexts there are, at most `limits.contexts` of them. */
export class PlainContexts {
  readonly #settings: DogstatsdSettings
  readonly #contexts = new Map<string, PlainContext>()

  constructor(settings: DogstatsdSettings) {
    this.#settings = settings
  }

  get size(): number {
    return this.#contexts.size
  }

  all(): readonly PlainContext[] {
    return [...this.#contexts.values()]
  }

  /** The context, a new one where there is none; `undefined` when there is no room for it. */
  find(identity: PlainIdentity, nowS: number): PlainContext | undefined {
    const key = keyOf(identity)
    const known = this.#contexts.get(key)
    if (known !== undefined) return known
    if (this.#contexts.size === this.#settings.limits.contexts) return undefined
    const context = { ...identity, samples: [], sampledS: 0, heardS: nowS }
    this.#contexts.set(key, context)
    return context
  }

  /** Forgets those of which nothing was heard for long enough, at the end of the interval that began at `startS`. */
  expire(startS: number): void {
    const { contextExpiryS, counterExpiryS } = this.#settings
    for (const [key, { type, sampledS, heardS }] of this.#contexts) {
      const isZeroFilled = type === 'count' && sampledS > 0
      const keptS = isZeroFilled ? Math.max(contextExpiryS, counterExpiryS) : contextExpiryS
      if (startS - heardS >= keptS) this.#contexts.delete(key)
    }
  }
}

/** No two identities are the same text: a line end is in none of their parts. */
function keyOf({ type, name, tags, host, origin }: PlainIdentity): string {
  const { senderContainerId, localData, externalData, cardinality, entityId } = origin
  const told = [senderContainerId, localData, externalData, cardinality, entityId]
  return [type, name, host === undefined ? 'any host' : `host ${host}`, ...told, ...tags].join('\n')
}
