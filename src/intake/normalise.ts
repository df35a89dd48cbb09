const maxLength = 200

/**
 * A metric's name as Datadog's intake keeps it: starts with a letter, then letters, digits, `_` and `.`, at most 200
 * characters; others turn into `_`. Empty when there is no letter to start with.
 * @see datadog.md B.6, last items
 */
export function normaliseMetric(name: string): string {
  const start = name.search(/[A-Za-z]/)
  return start < 0 ? '' : name.slice(start, start + maxLength).replace(/[^A-Za-z0-9_.]/g, '_')
}

/**
 * Tags as Datadog's intake keeps them: lower case, start with a letter, then letters (of any script), digits and
 * `_-:./`, at most 200 characters; others turn into `_`. Tags without a letter to start with and repeated ones go.
 * @see datadog.md B.6, last items
 */
export function normaliseTags(tags: readonly string[]): string[] {
  const kept = new Set<string>()
  for (const tag of tags) {
    const normal = normaliseTag(tag)
    if (normal !== '') kept.add(normal)
  }
  return [...kept]
}

function normaliseTag(tag: string): string {
  const lower = tag.toLowerCase()
  // Nearly all tags are fine already.
  if (lower.length <= maxLength && /^[a-z][a-z0-9_\-:./]*$/.test(lower)) return lower
  const start = lower.search(/\p{L}/u)
  if (start < 0) return ''
  const letters = Array.from(lower.slice(start, start + maxLength * 2)).slice(0, maxLength)
  return letters.join('').replace(/[^\p{L}\p{M}\p{Nd}_\-:./]/gu, '_')
}

/** A host's name: without blanks around it, at most 255 characters. */
export function normaliseHost(host: string): string {
  return host.trim().slice(0, 255)
}
