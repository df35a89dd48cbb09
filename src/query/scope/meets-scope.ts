import type { TagScope, TagTerm } from '../../model/person.ts'

/** Whether the tags of a container meet a scope: the same that `scopeSql` finds in the store. */
export function meetsScope(scope: TagScope, tags: readonly string[]): boolean {
  return scope.every((term) => tags.some((tag) => fits(term, tag)) !== term.isNegated)
}

function fits({ key, patterns }: TagTerm, tag: string): boolean {
  const prefix = `${key}:`
  if (!tag.startsWith(prefix)) return false
  const value = tag.slice(prefix.length)
  return patterns.some((pattern) => fitsPattern(value, pattern.split('*')))
}

/** Piece by piece: no pattern takes more than the length of the value for each of its pieces. */
function fitsPattern(value: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop()
  if (last === undefined) return value === first
  if (value.length < first.length + last.length) return false
  if (!value.startsWith(first) || !value.endsWith(last)) return false
  const middle = value.slice(first.length, value.length - last.length)
  let from = 0
  for (const piece of others) {
    const at = middle.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}
