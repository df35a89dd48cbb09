import type { FastifyRequest } from 'fastify'
import { HttpError } from './http-error.ts'

/**
 * Refuses what a page of another site sends for its reader. Browsers say with each request that may change something which
 * page it comes from (`Origin`) or how that page is related to us (`Sec-Fetch-Site`); no page can change either. Programs
 * that are no browsers send neither.
 * @param publicUrl What people type, where a proxy in front of us tells another `Host`.
 * @throws {HttpError} 403 for a foreign page.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
export function checkOrigin(request: FastifyRequest, publicUrl?: string): void {
  if (!mayChange(request)) return
  const { origin, 'sec-fetch-site': site } = request.headers
  if (site === 'same-origin') return
  const isOwnPage = origin === undefined || isOwn(origin, request, publicUrl)
  if (isOwnPage && (site === undefined || site === 'none')) return
  const seen = origin === undefined ? 'another site' : `"${origin.slice(0, 100)}"`
  throw new HttpError(
    403,
    `Cannot take a ${request.method} from a page of ${seen}: only pages of this server may send one; ` +
      'if this is its page, let vigie.public_url be its address',
  )
}

/**
 * Whether a request that could change something says that it comes from our own page, as browsers do; asked of those that
 * bring nothing but a cookie, which a browser adds by itself. One that changes nothing need not say it.
 */
export function tellsOrigin(request: FastifyRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers
  return !mayChange(request) || origin !== undefined || site === 'same-origin'
}

function mayChange({ method }: FastifyRequest): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** The scheme is left out: without `X-Forwarded-Proto` we do not know that a proxy in front of us speaks TLS. */
function isOwn(origin: string, request: FastifyRequest, publicUrl: string | undefined): boolean {
  if (publicUrl !== undefined && origin === new URL(publicUrl).origin) return true
  return origin.replace(/^https?:\/\//, '') === request.host
}
