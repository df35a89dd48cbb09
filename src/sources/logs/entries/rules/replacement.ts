/** A piece of a replacement: bytes as they are, or the group of the match that stands there. */
type Piece = Buffer | number

/** What stands instead of a match. */
export interface Replacement {
  readonly pieces: readonly Piece[]
  /** Of its bytes that refer to nothing, for when what matched is not known. */
  readonly plain: Buffer
}

const reference = /\$(?:\$|\{(\w+)\}|(\w+))/g

/**
 * Reads a replacement as Go's `Regexp.Expand` does: `$1`, `${1}`, `$name`, `${name}`, where a name is as long as it can be
 * (`$1x` is `${1x}`); `$$` is a dollar sign; a group that is not there is empty.
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
export function readReplacement(
  text: string,
  pattern: { readonly groupCount: number; readonly groupNames: ReadonlyMap<string, number> },
): Replacement {
  const pieces: Piece[] = []
  let from = 0
  for (const found of text.matchAll(reference)) {
    pieces.push(Buffer.from(text.slice(from, found.index)))
    from = found.index + found[0].length
    const name = found[1] ?? found[2]
    const group = name === undefined ? undefined : groupOf(name, pattern)
    if (found[0] === '$$') pieces.push(Buffer.from('$'))
    else if (group !== undefined) pieces.push(group)
  }
  pieces.push(Buffer.from(text.slice(from)))
  const kept = pieces.filter((piece) => typeof piece === 'number' || piece.length > 0)
  return { pieces: kept, plain: Buffer.concat(kept.filter((piece) => typeof piece !== 'number')) }
}

function groupOf(
  name: string,
  {
    groupCount,
    groupNames,
  }: { readonly groupCount: number; readonly groupNames: ReadonlyMap<string, number> },
): number | undefined {
  if (!/^\d+$/.test(name)) return groupNames.get(name)
  return Number(name) < groupCount ? Number(name) : undefined
}
