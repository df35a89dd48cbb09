/** Tags that the series of a metric carry besides those of the host: one of the sets in `tagSets`. */
export type TagSetName = 'container' | 'service' | 'image' | 'none'

/** One metric that our own sources send. All are gauges on the wire; a rate is taken before, so its unit ends in `/s`. */
export interface MetricDescription {
  /** Datadog's name where Datadog has one. */
  readonly name: string
  /** `B` bytes, `MiB` 2^20 bytes, `KiB` 2^10 bytes, `% of a core` 100 is one core, empty for a plain number. */
  readonly unit: string
  /** What the number says, in one sentence. */
  readonly about: string
  /** How it is computed; two ways where cgroup v1 and v2 keep it in different files. */
  readonly formula: string | { readonly v1: string; readonly v2: string }
  readonly tagSet: TagSetName
  /** Keys of further tags, which tell apart the series of one container or host. */
  readonly extraTags?: readonly string[]
}

const imageTags = ['docker_image', 'image_name', 'short_image', 'image_tag'] as const
const serviceTags = [
  ...imageTags,
  'image_id',
  'runtime',
  'docker_compose_project',
  'docker_compose_service',
  'swarm_service',
  'swarm_namespace',
] as const

/** Keys of the tags in each set; a key is left out where the container has nothing for it. */
export const tagSets: Readonly<Record<TagSetName, readonly string[]>> = {
  container: [...serviceTags, 'container_name', 'container_id'],
  service: serviceTags,
  image: imageTags,
  none: [],
}
