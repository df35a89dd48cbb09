import type { FastifyRequest } from 'fastify'
import { readCookie, setCookie } from './cookies.ts'

const name = 'vigie_session'

/** The secret of the session that a request brings; undefined when it brings none. */
export function readSessionCookie(request: FastifyRequest): string | undefined {
  return readCookie(request, name)
}

/** The header `Set-Cookie` that gives a browser its session. */
export function sessionCookie(request: FastifyRequest, secret: string, maxAgeMs: number): string {
  return setCookie(request, { name, value: secret, maxAgeMs })
}

/** The header `Set-Cookie` that takes it away again. */
export function noSessionCookie(request: FastifyRequest): string {
  return sessionCookie(request, '', 0)
}
