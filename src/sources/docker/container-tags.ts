import type { EngineContainer } from '../../docker/parse-inspect.ts'
import { parseImageName } from './image-name.ts'

/** The tags of one container, each list with those of the list before it in it. */
export interface ContainerTags {
  /** The same for all containers of an image. */
  readonly imageTags: readonly string[]
  /** The same for all replicas of a service. */
  readonly low: readonly string[]
  /** With what tells one container from another. */
  readonly high: readonly string[]
}

/** Labels of Compose and Swarm under the tag names Datadog's users know. */
const labelTags = [
  ['com.docker.compose.project', 'docker_compose_project'],
  ['com.docker.compose.service', 'docker_compose_service'],
  ['com.docker.swarm.service.name', 'swarm_service'],
  ['com.docker.stack.namespace', 'swarm_namespace'],
] as const

/**
 * Names a container's metrics as Datadog does.
 * @see docs/reference/metrics.md, "Tags"
 */
export function makeTags(container: EngineContainer): ContainerTags {
  const { name, shortName, tag } = parseImageName(container.image)
  const imageTags = [
    `docker_image:${container.image}`,
    `image_name:${name}`,
    `short_image:${shortName}`,
    ...(tag === undefined ? [] : [`image_tag:${tag}`]),
  ]
  const fromLabels = labelTags.flatMap(([label, key]) => {
    const value = container.labels[label]
    return value === undefined ? [] : [`${key}:${value}`]
  })
  const low = [
    ...imageTags,
    `image_id:${container.imageId}`,
    `runtime:${container.runtime}`,
    ...fromLabels,
  ]
  const high = [...low, `container_name:${container.name}`, `container_id:${container.id}`]
  return { imageTags, low, high }
}
