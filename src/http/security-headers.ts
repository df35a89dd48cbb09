import type { FastifyInstance, FastifyRequest } from 'fastify'
import { isLoopback } from './loopback.ts'

/** The page loads nothing from elsewhere; style attributes are needed by charts and floating elements. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** A year, for this name alone: what is below it is not ours to speak for. */
const onlyTls = { 'strict-transport-security': 'max-age=31536000' }

/**
 * Puts the same protecting headers on every answer. No answer allows another site to read it; nothing about access is kept by a browser or a proxy.
 */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers)
    if (mayBindHost(request)) void reply.headers(onlyTls)
    if (request.url.startsWith('/api/access/')) void reply.header('cache-control', 'no-store')
  })
}

/**
 * Whether browsers may be told to ask this host over TLS only. They then do so at all of its ports, where others may speak
 * plain HTTP; that the host is ours is clear only when we are at the port of `https`.
 * @see RFC 6797, section 8.3
 */
function mayBindHost({ protocol, host }: FastifyRequest): boolean {
  return protocol === 'https' && !/:\d+$/.test(host) && !isLoopback(host)
}
