/** The parts of an image's name that become tags; absent when the name does not have them. */
export interface ImageName {
  /** Everything but tag and digest: `registry:5000/team/web`. */
  readonly name: string
  /** The last part of the name: `web`. */
  readonly shortName: string
  readonly tag?: string
}

/** The names that the engine knows an image by. */
export interface ImageNames {
  /** `team/web:1.2`; may be empty. */
  readonly repoTags: readonly string[]
  /** `team/web@sha256:…`; may be empty. */
  readonly repoDigests: readonly string[]
}

/**
 * The name of an image that was asked for as `image`: where that is only its id, whole or short, the first of its names
 * by the alphabet, and the id when it has none.
 * @see datadog.md A.3, docker.image.size
 */
export function nameImage(image: string, imageId: string, names: ImageNames | undefined): string {
  if (names === undefined || !isImageId(image, imageId)) return image
  const [tagged] = names.repoTags.filter((name) => !name.startsWith('<none>')).toSorted()
  const [digest] = names.repoDigests.filter((name) => !name.startsWith('<none>')).toSorted()
  return tagged ?? digest?.split('@', 1)[0] ?? image
}

/**
 * Splits `registry:5000/team/web:1.2@sha256:…`.
 * @returns Without a tag when only a digest, or nothing, follows the name. An image that has no name, `sha256:…`, stands
 *   for itself.
 * @see Docker documentation, "image references"
 */
export function parseImageName(image: string): ImageName {
  if (image.startsWith('sha256:')) return { name: image, shortName: image }
  const withoutDigest = image.split('@', 1)[0] ?? ''
  const slash = withoutDigest.lastIndexOf('/')
  const colon = withoutDigest.indexOf(':', slash + 1)
  const name = colon < 0 ? withoutDigest : withoutDigest.slice(0, colon)
  const shortName = name.slice(slash + 1)
  return colon < 0 ? { name, shortName } : { name, shortName, tag: withoutDigest.slice(colon + 1) }
}

/** Whether an image was asked for by its id: the engine takes any beginning of it that no other image has. */
export function isImageId(image: string, imageId: string): boolean {
  if (image.startsWith('sha256:')) return true
  return /^[0-9a-f]{4,64}$/.test(image) && imageId.startsWith(`sha256:${image}`)
}
