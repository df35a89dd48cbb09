import { maskUrl } from './mask-secret.ts'

const longest = 80

/** `value` for a fault: a short text in quotes, a number, or the kind of what is larger. */
export function describeSeen(value: unknown): string {
  if (typeof value === 'string') return describeText(maskUrl(value))
  if (value === undefined) return 'nothing'
  if (typeof value === 'object') return describeObject(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : typeof value
}

/** What may be said of a value that is, or may hold, a secret: its kind, and the length of a text. */
export function describeSeenSecret(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return `a text of ${value.length} characters`
  return typeof value === 'object' ? describeObject(value) : `a ${typeof value}`
}

function describeText(text: string): string {
  return JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text)
}

function describeObject(value: object | null): string {
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : 'a mapping'
}
