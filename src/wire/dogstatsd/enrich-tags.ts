/** Tags of a message apart from those that mean something else. */
export interface SplitTags {
  /** In their order, as they came. */
  readonly tags: readonly string[]
  /** Of the tag `host`; empty where the message is to belong to no host, absent where it says nothing. */
  readonly host?: string | undefined
  /** Of `dd.internal.entity_id`: uid of the pod, or `none`; never empty, nor are the following. */
  readonly entityId?: string | undefined
  /** Of `dd.internal.card`; the field `card:` goes before it. */
  readonly cardinality?: string | undefined
  /** Of `dd.internal.jmx_check_name`: the check of the Datadog Agent's JMX component that sent it. */
  readonly jmxCheckName?: string | undefined
}

const magic = {
  host: 'host:',
  entityId: 'dd.internal.entity_id:',
  cardinality: 'dd.internal.card:',
  jmxCheckName: 'dd.internal.jmx_check_name:',
} as const
const prefixes = Object.values(magic)

/**
 * Takes the tags with a meaning of their own out of a list. Of several hosts and entities the last counts, of
 * cardinalities the first that is not empty. The Datadog Agent leaves `dd.internal.card` among the tags where the message has the field
 * `card:`; here it never stays.
 * @see `extractTagsMetadata` in `comp/dogstatsd/server/impl/enrich.go` of the Datadog Agent
 */
export function splitMagicTags(tags: readonly string[]): SplitTags {
  if (!tags.some(isMagic)) return { tags }
  const valuesOf = (prefix: string): readonly string[] =>
    tags.filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length))
  return {
    tags: tags.filter((tag) => !isMagic(tag)),
    host: valuesOf(magic.host).at(-1),
    entityId: valuesOf(magic.entityId).at(-1) || undefined,
    cardinality: valuesOf(magic.cardinality).find((value) => value !== ''),
    jmxCheckName: valuesOf(magic.jmxCheckName).at(-1) || undefined,
  }
}

function isMagic(tag: string): boolean {
  return prefixes.some((prefix) => tag.startsWith(prefix))
}
