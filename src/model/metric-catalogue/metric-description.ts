/** Tags that the series of a metric carry besides those of the host: one of the sets in `tagSets`. */
export type TagSetName = 'container' | 'service' | 'image' | 'none'

/** How a metric is computed where it comes from different places; a place that does not have it is left out. */
export interface FormulaBySource {
  /** Files of cgroup v1. */
  readonly v1?: string
  /** Files of cgroup v2. */
  readonly v2?: string
  /** The engine's `/containers/<id>/stats`, for a container whose cgroup cannot be read. */
  readonly api?: string
}

/**
 * One metric that our own sources send. Gauges on the wire unless `isCount` says otherwise; a rate is taken before, so its
 * unit ends in `/s`.
 */
export interface MetricDescription {
  /** Datadog's name where Datadog has one. */
  readonly name: string
  /** `B` bytes, `MiB` 2^20 bytes, `KiB` 2^10 bytes, `% of a core` 100 is one core, empty for a plain number. */
  readonly unit: string
  /** What the number says, in one sentence. */
  readonly about: string
  readonly formula: string | FormulaBySource
  readonly tagSet: TagSetName
  /** Keys of further tags, which tell apart the series of one container or host. */
  readonly extraTags?: readonly string[]
  /** What the machine, the container or the configuration must have for it to exist; absent where nothing special is needed. */
  readonly needs?: string
  /** The option that says how often it is told; `interval` where absent. */
  readonly every?: 'slow_interval' | 'engine_interval'
  /** Each point is the growth since the point before. */
  readonly isCount?: true
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
  'swarm_node_id',
  'rancher_stack',
  'rancher_service',
  'env',
  'service',
  'version',
  'git.commit.sha',
  'git.repository_url',
  'marathon_app',
  'chronos_job',
  'chronos_job_owner',
  'nomad_task',
  'nomad_job',
  'nomad_group',
  'nomad_namespace',
  'nomad_dc',
] as const

/** Keys of the tags in each set; a key is left out where the container has nothing for it. */
export const tagSets: Readonly<Record<TagSetName, readonly string[]>> = {
  container: [
    ...serviceTags,
    'swarm_task',
    'mesos_task',
    'container_name',
    'container_id',
    'rancher_container',
  ],
  service: serviceTags,
  image: imageTags,
  none: [],
}

/** Whether a metric exists where a container is read from this place. */
export function isFrom({ formula }: MetricDescription, source: keyof FormulaBySource): boolean {
  return typeof formula === 'string' || formula[source] !== undefined
}

/** Whether it says by how much a counter has grown; the formula of such a metric has a Δ. */
export function isGrowth({ formula }: MetricDescription): boolean {
  const formulas = typeof formula === 'string' ? [formula] : Object.values(formula)
  return formulas.some((text: string) => text.includes('Δ'))
}
