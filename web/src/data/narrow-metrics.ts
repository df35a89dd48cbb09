/** A query about one host, and how its places lead back to the query that it was made of. */
export interface NarrowedQuery {
  readonly text: string
  /** Where a place of `text` is in the query as it was written. */
  readonly originOf: (at: number) => number
}

/** So many signs more than in the query as it was written, from a place of the narrowed one on. */
interface Added {
  readonly at: number
  readonly length: number
}

/** Texts in quotes and lists of keys, which are no scopes; else a scope. */
const partPattern = /'[^']*'|"[^"]*"|\bby\s*\{[^{}]*\}|\{([^{}]*)\}/gi
/** A comma binds as `AND` does: only what binds less needs brackets. */
const loosePattern = /\bor\b/i

/**
 * A query in Datadog's language with each of its scopes narrowed to a host: `{*}` becomes `{host:a}`, `{env:x}`
 * `{host:a,env:x}`. An empty host leaves it as it is.
 */
export function narrowMetrics(query: string, host: string): NarrowedQuery {
  if (host === '') return { text: query, originOf: (at) => at }
  const added: Added[] = []
  let text = ''
  let from = 0
  for (const { 0: whole, 1: scope, index } of query.matchAll(partPattern)) {
    if (scope === undefined) continue
    const [before, kept, after] = narrowScope(scope, `host:${host}`)
    text += `${query.slice(from, index)}{`
    added.push({ at: text.length, length: before.length + kept.length - scope.length })
    text += before + kept
    added.push({ at: text.length, length: after.length })
    text += `${after}}`
    from = index + whole.length
  }
  return { text: text + query.slice(from), originOf: (at) => originOf(at, added) }
}

/** What comes before a scope, what stays of it, and what comes behind. */
function narrowScope(
  scope: string,
  tag: string,
): readonly [before: string, kept: string, after: string] {
  const written = scope.trim()
  if (written === '' || written === '*') return [tag, '', '']
  return loosePattern.test(written) ? [`${tag},(`, scope, ')'] : [`${tag},`, scope, '']
}

function originOf(at: number, added: readonly Added[]): number {
  return added.reduce(
    (origin, piece) => (piece.at < at ? origin - Math.min(piece.length, at - piece.at) : origin),
    at,
  )
}
