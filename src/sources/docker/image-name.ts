/** The parts of an image's name that become tags; absent when the name does not have them. */
export interface ImageName {
  /** Everything but tag and digest: `registry:5000/team/web`. */
  readonly name: string
  /** The last part of the name: `web`. */
  readonly shortName: string
  readonly tag?: string
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
