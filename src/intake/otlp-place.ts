import { hash } from 'node:crypto'
import { textOfValue } from '../wire/otlp/any-value.ts'
import type { Attribute } from '../wire/otlp/messages.ts'
import { originOfResource, type OtlpOrigin } from '../wire/otlp/resource-tags.ts'
import type { OtlpPlace } from './otlp-export.ts'

/** What points of one resource and one scope have in common. */
export interface OtlpScope {
  readonly origin: OtlpOrigin
  /** All that resource and scope say, also what makes no tag. */
  readonly key: string
}

/** Tags of one point. */
const maxTags = 100

/** What the points of a resource have in common; `name` is that of the library that counted. */
export function scopeOf(attributes: readonly Attribute[], name: string): OtlpScope {
  return { origin: originOfResource(attributes), key: `${keyOf(attributes)}${name}` }
}

/** What all kinds of points of OTLP have. */
export interface TimedPoint {
  readonly attributes: readonly Attribute[]
  readonly startTimeUnixNano: bigint | undefined
  readonly timeUnixNano: bigint | undefined
}

/** Whose a point is: the tags of its resource, and a tag for each of its attributes. */
export function placeOf(scope: OtlpScope, metric: string, point: TimedPoint): OtlpPlace {
  const { host, tags } = scope.origin
  const own = point.attributes.slice(0, maxTags - tags.length)
  return {
    metric,
    host,
    tags: [...tags, ...own.map(({ key, value }) => `${key ?? ''}:${textOfValue(value)}`)],
    key: hash('sha256', `${scope.key}\n${metric}\n${keyOf(point.attributes)}`, 'base64'),
    startMs: toMs(point.startTimeUnixNano),
    timeMs: toMs(point.timeUnixNano),
  }
}

/** The same for the same attributes in any order. */
function keyOf(attributes: readonly Attribute[]): string {
  const pairs = attributes.map(({ key, value }) => JSON.stringify([key, value]))
  return pairs.toSorted().join()
}

/** With its microseconds: a process that exports at once has begun in the same millisecond. */
function toMs(nanos: bigint | undefined): number {
  return nanos === undefined ? 0 : Number(nanos / 1000n) / 1000
}
