import type { BoardedContainer } from '../../../component/container-board.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'

/** A container as far as its lines carry something of it. */
export type Origination = Pick<BoardedContainer, 'id' | 'name' | 'image' | 'tags'>

/**
 * What is said of all lines of a container: its service is what its configuration says, else its tag `service`, else the
 * short name of its image, which is its source too.
 * @see datadog.md D.3, D.9
 */
export function makeContainerOrigin(
  container: Origination,
  config: Pick<LogConfig, 'service' | 'source' | 'tags'>,
  host: { readonly hostname: string; readonly hostTags: readonly string[] },
): LogOrigin {
  const { id, name, image, tags } = container
  const shortImage = findTag(tags, 'short_image') ?? shorten(image)
  return {
    host: host.hostname,
    containerId: id,
    containerName: name,
    image,
    service: config.service ?? findTag(tags, 'service') ?? shortImage,
    source: config.source ?? shortImage,
    tags: [...new Set([...config.tags, ...tags, ...host.hostTags])],
  }
}

/** Whether both say the same, so that the object that others know can stay. */
export function isSameOrigin(one: LogOrigin, other: LogOrigin): boolean {
  return (
    one.containerName === other.containerName &&
    one.image === other.image &&
    one.service === other.service &&
    one.source === other.source &&
    one.tags.length === other.tags.length &&
    one.tags.every((tag, at) => tag === other.tags[at])
  )
}

function findTag(tags: readonly string[], key: string): string | undefined {
  return tags.find((tag) => tag.startsWith(`${key}:`))?.slice(key.length + 1)
}

/** `web` of `registry:5000/team/web:1.2@sha256:…`. */
function shorten(image: string): string {
  const [whole = ''] = image.split('@', 1)
  return whole.slice(whole.lastIndexOf('/') + 1).replace(/:.*$/, '')
}
