import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import type { MetricMessage, MetricSymbol, OriginFields } from '../../../wire/dogstatsd/message.ts'
import { splitMagicTags, type SplitTags } from '../../../wire/dogstatsd/enrich-tags.ts'
import type { MetricType } from '../metric-type.ts'
import type { MetricRules } from '../rules/metric-rules.ts'
import type { Context } from '../worker-messages.ts'
import type { Senders } from './aggregation.ts'
import { refused, unknown, unwanted } from './alias-table.ts'
import type { ContextGroups } from './context-groups.ts'
import type { ContextTable } from './context-table.ts'
import { identify, type ContextIdentity } from './identity.ts'
import type { Offenders } from './offenders.ts'
import type { OriginTable } from './origin-table.ts'

const typeOf: Readonly<Record<MetricSymbol, MetricType>> = {
  c: 'count',
  g: 'gauge',
  s: 'set',
  h: 'histogram',
  ms: 'histogram',
  d: 'distribution',
}

export interface ContextMakerParts {
  readonly settings: DogstatsdSettings
  readonly rules: MetricRules
  readonly senders: Senders
  readonly contexts: ContextTable
  readonly groups: ContextGroups
  readonly origins: OriginTable
  readonly offenders: Offenders
}

/** Finds the contexts of messages that were read to texts, and makes those that are not there yet. */
export class ContextMaker {
  readonly #parts: ContextMakerParts
  #new: Context[] = []

  constructor(parts: ContextMakerParts) {
    this.#parts = parts
  }

  /** The context of a metric; `unwanted` where the rules say so, `refused` or less when there is no room for it. */
  contextOf(message: MetricMessage, sender: number): number {
    const ruled = this.#parts.rules.apply(message.name)
    if (ruled === undefined) return unwanted
    const split = splitMagicTags([...message.tags, ...ruled.tags])
    const identity = {
      type: typeOf[message.type],
      name: ruled.name,
      host: split.host,
      tags: [...new Set(split.tags)].toSorted(),
    }
    const origin = this.originOf(message, split, sender)
    const context = this.#findOrMake(identity, origin)
    if (context === unknown)
      return refused - this.#parts.offenders.add(ruled.name, sampleCount(message))
    // What is heard of again is not forgotten.
    this.#parts.contexts.isDying[context] = 0
    return context
  }

  /** Number of where a message comes from. */
  originOf(message: OriginFields, split: SplitTags, sender: number): number {
    const { settings, senders, origins, contexts } = this.#parts
    const senderContainerId = settings.origin.isDetected ? senders.containerOf(sender) : undefined
    const cardinality = message.cardinality ?? split.cardinality
    const fields = {
      senderContainerId,
      localData: message.localData,
      externalData: message.externalData,
      cardinality,
      entityId: split.entityId,
    }
    return origins.numberOf(fields, contexts.startS)
  }

  /** Contexts that were made since this was asked last. */
  takeNew(): readonly Context[] {
    if (this.#new.length === 0) return this.#new
    const taken = this.#new
    this.#new = []
    return taken
  }

  #findOrMake(identity: ContextIdentity, origin: number): number {
    const words = identify(identity)
    const found = this.#parts.contexts.find(words, origin)
    return found === unknown ? this.#make(identity, words, origin) : found
  }

  #make(identity: ContextIdentity, words: Int32Array, origin: number): number {
    const { contexts, groups, origins } = this.#parts
    const context = contexts.make(identity, words, origin)
    if (context === unknown) return unknown
    origins.count(origin, 1)
    groups.join(context, origins.tagSetOf(origin))
    const { type, name, host, tags } = identity
    const hostField = host === undefined ? undefined : { host }
    this.#new.push({ id: context, type, name, tags, ...hostField, originId: origin })
    if (type === 'histogram') this.#makeCopy(context, identity)
    return context
  }

  /** @see `histToDist` in `comp/dogstatsd/server/impl/server.go` of the Datadog Agent */
  #makeCopy(context: number, identity: ContextIdentity): void {
    const { contexts, settings } = this.#parts
    const prefix = settings.histogram.copyToDistributionPrefix
    if (prefix === undefined) return
    const { name } = identity
    const copy = { ...identity, type: 'distribution', name: `${prefix}${name}` } as const
    const twin = this.#findOrMake(copy, contexts.origins[context] ?? 0)
    if (twin === unknown) return
    contexts.twins[context] = twin
    contexts.twins[twin] = context
  }
}

/** How many samples a message is. */
export function sampleCount(message: MetricMessage): number {
  return message.type === 's' ? 1 : message.values.length
}
