import { createContainerFilter } from '../../../component/container-filter.ts'
import type { ContainerRules } from '../../../component/container-rules.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { makeTags, type ContainerTags } from './container-tags.ts'
import { nameImage, type ImageNames } from './image-name.ts'
import { listPublicNames } from './rule-tags.ts'

/** What the configuration makes of containers. */
export interface Identity {
  readonly makeTags: (container: EngineContainer) => ContainerTags
  /** Whether its figures are wanted; all others are only counted. */
  readonly isWatched: (container: EngineContainer) => boolean
  /** Labels and variables, in lower case, that `parseInspect()` has to leave as they are. */
  readonly publicNames: ReadonlySet<string>
}

/** What is known of the engine; both may be unknown and may change. */
export interface IdentityOptions {
  /** The names of an image by its id, for containers that were made from an id. */
  readonly imageNamesOf?: (imageId: string) => ImageNames | undefined
  /** Tags that all its containers have, such as `docker_swarm_node_role:manager`. */
  readonly engineTags?: () => readonly string[]
}

/** Tags and filters by the rules of the configuration. */
export function createIdentity(rules: ContainerRules, options: IdentityOptions = {}): Identity {
  const { imageNamesOf = () => undefined, engineTags = () => [] } = options
  const isWatched = createContainerFilter(rules, 'metrics')
  return {
    makeTags: (container) =>
      makeTags(container, rules, { image: imageNamesOf(container.imageId), tags: engineTags() }),
    isWatched: ({ name, image, imageId }) =>
      isWatched({ name, image: nameImage(image, imageId, imageNamesOf(imageId)) }),
    publicNames: listPublicNames(rules),
  }
}
