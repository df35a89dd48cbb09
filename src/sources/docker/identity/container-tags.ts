import { openRules, type ContainerRules } from '../../../component/container-rules.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { isImageId, nameImage, parseImageName, type ImageNames } from './image-name.ts'
import { makeRuleTags } from './rule-tags.ts'
import { isUnified, makeUnifiedTags } from './unified-tags.ts'

/** The tags of one container, each list with those of the list before it in it, no tag twice. */
export interface ContainerTags {
  /** The same for all containers of an image. */
  readonly imageTags: readonly string[]
  /** The same for all replicas of a service. */
  readonly low: readonly string[]
  /** With what tells the tasks of an orchestrator apart. */
  readonly orchestrator: readonly string[]
  /** With what tells one container from another. */
  readonly high: readonly string[]
}

/** What is known of a container beside what the engine tells of it. */
export interface TagExtras {
  /** The names of its image, for a container that was made from an image's id. */
  readonly image?: ImageNames | undefined
  /** Tags that all containers of the engine have, as `key:value`. */
  readonly tags?: readonly string[]
}

type TagNames = readonly (readonly [name: string, tag: string])[]

/** Labels that Compose, Swarm, Rancher and builders of images set, under the tag names Datadog's users know. */
const lowLabels: TagNames = [
  ['com.docker.compose.project', 'docker_compose_project'],
  ['com.docker.compose.service', 'docker_compose_service'],
  ['com.docker.swarm.service.name', 'swarm_service'],
  ['com.docker.stack.namespace', 'swarm_namespace'],
  ['com.docker.swarm.node.id', 'swarm_node_id'],
  ['io.rancher.stack.name', 'rancher_stack'],
  ['io.rancher.stack_service.name', 'rancher_service'],
]
const orchestratorLabels: TagNames = [['com.docker.swarm.task.name', 'swarm_task']]
const highLabels: TagNames = [['io.rancher.container.name', 'rancher_container']]

const lowVariables: TagNames = [
  ['MARATHON_APP_ID', 'marathon_app'],
  ['CHRONOS_JOB_NAME', 'chronos_job'],
  ['CHRONOS_JOB_OWNER', 'chronos_job_owner'],
  ['NOMAD_TASK_NAME', 'nomad_task'],
  ['NOMAD_JOB_NAME', 'nomad_job'],
  ['NOMAD_GROUP_NAME', 'nomad_group'],
  ['NOMAD_NAMESPACE', 'nomad_namespace'],
  ['NOMAD_DC', 'nomad_dc'],
]
const orchestratorVariables: TagNames = [['MESOS_TASK_ID', 'mesos_task']]

/** Where the code of an image comes from: set by hand in the container, or by whoever built the image. */
const gitSources = [
  ['DD_GIT_COMMIT_SHA', 'org.opencontainers.image.revision', 'git.commit.sha'],
  ['DD_GIT_REPOSITORY_URL', 'org.opencontainers.image.source', 'git.repository_url'],
] as const

/**
 * Names a container's metrics as Datadog does.
 * @see docs/reference/metrics.md, "Tags"; datadog.md E.5
 */
export function makeTags(
  container: EngineContainer,
  rules: ContainerRules = openRules,
  extras: TagExtras = {},
): ContainerTags {
  const labels = new Map(Object.entries(container.labels))
  const env = readEnvironment(container.env)
  const asked = [...makeRuleTags(rules.labelsAsTags, labels), ...makeRuleTags(rules.envAsTags, env)]
  const fromRules = asked.filter((tag) => !isUnified(tag))
  const write = (isHigh: boolean): readonly string[] =>
    fromRules.filter((tag) => tag.isHigh === isHigh).map(({ key, value }) => `${key}:${value}`)
  const imageTags = makeImageTags(
    nameImage(container.image, container.imageId, extras.image),
    container.imageId,
  )
  const low = unique([
    ...imageTags,
    `image_id:${container.imageId}`,
    `runtime:${container.runtime}`,
    ...pick(labels, lowLabels),
    ...makeUnifiedTags({ labels, env, rules: asked }),
    ...makeGitTags(labels, env),
    ...pick(env, lowVariables),
    ...write(false),
    ...(extras.tags ?? []),
  ])
  const orchestrator = unique([
    ...low,
    ...pick(labels, orchestratorLabels),
    ...pick(env, orchestratorVariables),
  ])
  const high = unique([
    ...orchestrator,
    `container_name:${container.name}`,
    `container_id:${container.id}`,
    ...pick(labels, highLabels),
    ...write(true),
    ...readTagLabel(labels.get('com.datadoghq.ad.tags')),
  ])
  return { imageTags, low, orchestrator, high }
}

/** The tags of an image that is asked for as `asked`; none of an empty name. */
export function makeImageTags(asked: string, imageId: string): readonly string[] {
  const { name, shortName, tag: given } = parseImageName(asked)
  if (name === '') return []
  // What Docker takes when nothing is said, as Datadog's agent has it; an id or a digest says enough.
  const isOpen = !asked.includes('@') && !isImageId(asked, imageId)
  const tag = given ?? (isOpen ? 'latest' : undefined)
  return [
    `docker_image:${tag === undefined ? name : `${name}:${tag}`}`,
    `image_name:${name}`,
    `short_image:${shortName}`,
    ...(tag === undefined ? [] : [`image_tag:${tag}`]),
  ]
}

/** Of a variable that is set twice the last counts. */
function readEnvironment(env: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    env
      .filter((entry) => entry.includes('='))
      .map((entry) => {
        const at = entry.indexOf('=')
        return [entry.slice(0, at), entry.slice(at + 1)]
      }),
  )
}

function pick(values: ReadonlyMap<string, string>, names: TagNames): readonly string[] {
  return names.flatMap(([name, tag]) => {
    const value = values.get(name) ?? ''
    return value === '' ? [] : [`${tag}:${value}`]
  })
}

function makeGitTags(
  labels: ReadonlyMap<string, string>,
  env: ReadonlyMap<string, string>,
): readonly string[] {
  return gitSources.flatMap(([variable, label, tag]) => {
    const value = [env.get(variable), labels.get(label)].find((found) => (found ?? '') !== '')
    return value === undefined ? [] : [`${tag}:${value}`]
  })
}

/** `["team:web", "tier:front"]`; anything else is not taken. */
function readTagLabel(text: string | undefined): readonly string[] {
  try {
    const tags: unknown = JSON.parse(text ?? '[]')
    if (!Array.isArray(tags)) return []
    return tags.filter((tag) => typeof tag === 'string' && /^[^:]+:./.test(tag))
  } catch {
    return []
  }
}

function unique(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)]
}
