const maxLength = 500
/** `user:password@` of an address. */
const userInPath = /(:\/\/)[^/\s@]+@/g
/** `password=…`, `"api_key": "…"`, `token: …` */
const namedSecret =
  /(["']?\b[\w-]*(?:passw(?:or)?d|passphrase|secret|token|api_?key|authorization)["']?\s*[:=]\s*)(?:(?:bearer|basic)\s+)?("[^"]*"|'[^']*'|[^\s,;&)}\]]+)/gi

/**
 * A sentence about a fault as it may be shown: on one line, of at most 500 characters, and what stands where an address
 * or a named value would hold a secret is `********`.
 */
export function toSafeMessage(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ').trim()
  const masked = line.replace(userInPath, '$1********@').replace(namedSecret, '$1********')
  return masked.length <= maxLength ? masked : `${masked.slice(0, maxLength - 1)}…`
}
