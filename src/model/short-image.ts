/** The last part of an image's name without tag and digest: `registry:5000/team/web:1.2@sha256:…` is `web`. */
export function shortImage(image: string): string {
  const path = image.replace(/@.*$/, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  // `sha256:…` alone is an image without a name.
  return last.startsWith('sha256:') ? last : last.replace(/:.*$/, '')
}
