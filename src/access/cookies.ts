import type { FastifyRequest } from 'fastify'

/** What a browser is to keep. */
export interface Cookie {
  readonly name: string
  /** Of signs that a cookie may have; empty to take it away. */
  readonly value: string
  readonly maxAgeMs: number
}

/** The value of a cookie that `setCookie` has set; undefined when the request brings none. */
export function readCookie(request: FastifyRequest, name: string): string | undefined {
  const full = nameFor(request, name)
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=')
    if (at > 0 && pair.slice(0, at).trim() === full) return pair.slice(at + 1).trim() || undefined
  }
  return undefined
}

/**
 * The header `Set-Cookie`: no script can read the cookie, and no page of another site makes the browser send it, but by
 * leading there.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
export function setCookie(request: FastifyRequest, { name, value, maxAgeMs }: Cookie): string {
  const secure = request.protocol === 'https' ? '; Secure' : ''
  const maxAgeS = Math.floor(maxAgeMs / 1000)
  return `${nameFor(request, name)}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax${secure}`
}

/** Browsers take a cookie of such a name only over TLS, from this very host, for all paths: none can be planted from beside. */
function nameFor(request: FastifyRequest, name: string): string {
  return request.protocol === 'https' ? `__Host-${name}` : name
}
