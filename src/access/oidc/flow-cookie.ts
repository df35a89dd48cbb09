import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { readCookie, setCookie } from '../cookies.ts'
import { safePath } from './safe-path.ts'

/** A sign-in that is under way at the provider, known to the one browser that has begun it. */
export type Flow = Readonly<z.infer<typeof flowSchema>>

const secret = z.string().regex(/^[\w-]{43}$/)
const flowSchema = z.strictObject({
  /** Comes back in the address: the answer belongs to this browser. */
  state: secret,
  /** Comes back in the ID token: it was made for this sign-in. */
  nonce: secret,
  /** Shown with the code: it was this server that asked for it (PKCE). */
  verifier: secret,
  /** The page to go to. */
  to: z.string().transform(safePath),
})

const name = 'vigie_oidc'
const maxAgeMs = 10 * 60_000

/** The header `Set-Cookie` that binds a sign-in to a browser; nothing of it is kept here, so nobody can fill our memory. */
export function flowCookie(request: FastifyRequest, flow: Flow): string {
  const value = Buffer.from(JSON.stringify(flow)).toString('base64url')
  return setCookie(request, { name, value, maxAgeMs })
}

/** The header `Set-Cookie` that ends it. */
export function noFlowCookie(request: FastifyRequest): string {
  return setCookie(request, { name, value: '', maxAgeMs: 0 })
}

/** The sign-in that a browser has begun; undefined when it has begun none, or too long ago. */
export function readFlow(request: FastifyRequest): Flow | undefined {
  const value = readCookie(request, name)
  if (value === undefined) return undefined
  try {
    return flowSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString()))
  } catch {
    return undefined
  }
}
