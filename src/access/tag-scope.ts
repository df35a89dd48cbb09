import { HttpError } from '../http/http-error.ts'
import type { TagScope, TagTerm } from '../model/person.ts'

const maxLength = 1000
const maxTerms = 20
const rule =
  'expected terms such as team:web, env:(prod OR stage) or -env:test, with * for anything'

/**
 * Reads `team:web -env:test`: terms that all have to be met, each a key and a value, with `*` for any run of characters;
 * `key:(one OR other)` is met by either, and `-` in front (or `!`) by neither.
 * @returns undefined for an empty text: everything.
 * @throws {HttpError} 400 for a text that is none.
 */
export function parseTagScope(text: string): TagScope | undefined {
  if (text.length > maxLength) throw refuse(text, `it is longer than ${maxLength} characters`)
  const pieces = text.match(/[^\s(]+(?:\([^)]*\)?\S*)?|\S/g) ?? []
  if (pieces.length === 0) return undefined
  if (pieces.length > maxTerms) throw refuse(text, `it has more than ${maxTerms} terms`)
  return pieces.map((piece) => parseTerm(piece, text))
}

/** The text of a scope. */
export function formatTagScope(scope: TagScope): string {
  const terms = scope.map(({ key, patterns, isNegated }) => {
    const values = patterns.length === 1 ? patterns[0] : `(${patterns.join(' OR ')})`
    return `${isNegated ? '-' : ''}${key}:${values}`
  })
  return terms.join(' ')
}

function parseTerm(piece: string, text: string): TagTerm {
  const { sign, key, values } =
    /^(?<sign>[-!]?)(?<key>[^\s:()!,-][^\s:()!,]*):(?<values>\([^()]+\)|[^\s(),]+)$/u.exec(piece)
      ?.groups ?? {}
  if (key === undefined || values === undefined) throw refuse(text, `saw "${piece}"`)
  const patterns = values.startsWith('(')
    ? values
        .slice(1, -1)
        .trim()
        .split(/\s+OR\s+/)
    : [values]
  if (patterns.some((pattern) => pattern === '' || /\s/.test(pattern))) {
    throw refuse(text, `saw "${piece}"`)
  }
  return { key, patterns, isNegated: sign !== '' }
}

function refuse(text: string, seen: string): HttpError {
  return new HttpError(400, `Cannot read the scope "${text.slice(0, 100)}": ${seen}; ${rule}`)
}
