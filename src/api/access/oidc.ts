import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { flowCookie, noFlowCookie, readFlow, type Flow } from '../../access/oidc/flow-cookie.ts'
import { OidcError } from '../../access/oidc/oidc-error.ts'
import type { Oidc } from '../../access/oidc/open-oidc.ts'
import { safePath } from '../../access/oidc/safe-path.ts'
import { sessionCookie } from '../../access/session-cookie.ts'
import { HttpError } from '../../http/http-error.ts'
import { clientAddress } from '../../http/trusted-proxies.ts'
import type { Api } from '../api.ts'
import type { SignInFault } from '../contract/access.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'

const callbackPath = '/api/access/oidc/callback'

/** The way to a provider of OpenID Connect, and back. */
export function oidcRoutes(api: Api): readonly ApiRoute[] {
  return [startRoute(api), callbackRoute(api)]
}

function startRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/access/oidc/start',
    audience: 'anyone',
    about:
      'Leads a browser to the provider of vigie.oidc, to sign in there. 303; where that cannot be done, to /sign-in with an error.',
    input: z.object({ query: z.object({ to: z.string().default('/') }) }),
    handle: async ({ query }, reply) => {
      const oidc = requireProvider(api)
      const to = safePath(query.to)
      try {
        const { address, flow } = await oidc.begin(findCallback(api, reply.request), to)
        return await reply
          .header('set-cookie', flowCookie(reply.request, flow))
          .redirect(address, 303)
      } catch (error) {
        return refuse(reply, error, to)
      }
    },
  })
}

function callbackRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: callbackPath,
    audience: 'anyone',
    about:
      'Where the provider leads back to. Begins a session, kept in a cookie, and leads to the page; 303. Whoever is not let in is led to /sign-in with an error.',
    input: noInput,
    handle: async (_input, reply) => {
      const oidc = requireProvider(api)
      const flow = readFlow(reply.request)
      void reply.header('set-cookie', noFlowCookie(reply.request))
      try {
        return await finish(api, { oidc, flow, reply })
      } catch (error) {
        return refuse(reply, error, flow?.to ?? '/')
      }
    },
  })
}

interface Finish {
  readonly oidc: Oidc
  readonly flow: Flow | undefined
  readonly reply: FastifyReply
}

async function finish(api: Api, { oidc, flow, reply }: Finish): Promise<FastifyReply> {
  const { request } = reply
  if (flow === undefined) throw new OidcError('expired', 'No sign-in was begun in this browser')
  const answer = new URL(findCallback(api, request))
  answer.search = request.url.slice(request.url.indexOf('?') + 1)
  const { secret } = await oidc.finish(answer, flow, clientAddress(request))
  // Beside the one that ends the sign-in: fastify gathers them.
  const cookie = sessionCookie(request, secret, api.access.longestSessionMs)
  return reply.header('set-cookie', cookie).redirect(flow.to, 303)
}

/** Leads to the page to sign in, which has a sentence for each fault; the provider's own words are not passed on. */
function refuse(reply: FastifyReply, error: unknown, to: string): FastifyReply {
  if (!(error instanceof OidcError)) throw error
  const fault: SignInFault = error.fault
  const search = new URLSearchParams({ error: fault, to }).toString()
  return reply.redirect(`/sign-in?${search}`, 303)
}

function requireProvider({ access }: Api): Oidc {
  if (access.oidc !== undefined) return access.oidc
  throw new HttpError(
    404,
    'Cannot lead to a provider: none is set; name one with vigie.oidc.issuer, or sign in at the page',
  )
}

/** Where the provider is to lead back to; it has to know the address. Behind a trusted proxy the host is the one that the proxy tells. */
function findCallback({ publicUrl }: Api, { protocol, host }: FastifyRequest): string {
  if (publicUrl !== undefined) return publicUrl + callbackPath
  const own = URL.parse(`${protocol}://${host}`)
  if (own === null) throw new HttpError(400, 'Cannot sign in: the header Host is no host')
  return own.origin + callbackPath
}
