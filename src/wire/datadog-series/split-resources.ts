/** Something that a series is about, beside its host. */
export interface Resource {
  readonly type: string
  readonly name: string
}

const devicePrefix = 'device:'
const resourcePrefix = 'dd.internal.resource:'

/**
 * Divides tags into those that stay and those that Datadog's routes carry as something else: `device:<name>`, and
 * `dd.internal.resource:<type>:<name>`.
 * @see `PopulateDeviceField` and `PopulateResources` in `pkg/metrics/series.go` of the Datadog Agent
 */
export function splitResources(all: readonly string[]): {
  readonly tags: readonly string[]
  readonly device?: string
  readonly resources: readonly Resource[]
} {
  if (!all.some((tag) => tag.startsWith('d'))) return { tags: all, resources: [] }
  const tags: string[] = []
  const resources: Resource[] = []
  let device: string | undefined
  for (const tag of all) {
    if (tag.startsWith(devicePrefix)) device = tag.slice(devicePrefix.length)
    else if (tag.startsWith(resourcePrefix)) resources.push(readResource(tag))
    else tags.push(tag)
  }
  return { tags, resources, ...(device !== undefined && { device }) }
}

/** A name may have colons, a type has none. */
function readResource(tag: string): Resource {
  const text = tag.slice(resourcePrefix.length)
  const colon = text.indexOf(':')
  return colon < 0
    ? { type: text, name: '' }
    : { type: text.slice(0, colon), name: text.slice(colon + 1) }
}
