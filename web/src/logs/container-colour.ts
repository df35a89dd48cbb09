/** Colours of the palette that names get. */
const nameColourCount = 8

/** The place in the palette of a name: the same for the same name, in every view and at every visit. */
export function nameColour(name: string): number {
  let hash = 0
  for (let at = 0; at < name.length; at += 1) {
    hash = (Math.imul(hash, 31) + name.charCodeAt(at)) >>> 0
  }
  return (hash % nameColourCount) + 1
}
