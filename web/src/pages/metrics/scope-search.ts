import { readModel } from './read-query.ts'

/** Tags that say what a figure is of and no event bears. */
const tagPattern = /^!?[\w./-]+:[\w.*/@-]+$/

/**
 * The search for events that are of what a query is about: its scopes, where they are plain tags (`service:web,!env:dev`). Empty
 * where it is about everything, or about something that a search cannot say.
 */
export function scopeSearch(query: string): string {
  const scopes = readModel(query)?.queries.map(({ scope }) => searchOf(scope)) ?? []
  if (scopes.length === 0 || scopes.includes('')) return ''
  const [only = ''] = scopes
  return scopes.length === 1
    ? only
    : `(${[...new Set(scopes)].map((one) => `(${one})`).join(' OR ')})`
}

function searchOf(scope: string): string {
  const tags = scope.split(',').map((tag) => tag.trim())
  if (!tags.every((tag) => tagPattern.test(tag))) return ''
  return tags.map((tag) => tag.replace(/^!/, '-')).join(' ')
}
