import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { noSessionCookie, readSessionCookie, sessionCookie } from '../../access/session-cookie.ts'
import type { SignedIn } from '../../access/sign-ins.ts'
import { HttpError } from '../../http/http-error.ts'
import { clientAddress } from '../../http/trusted-proxies.ts'
import type { Person } from '../../model/person.ts'
import type { Api } from '../api.ts'
import type { Me } from '../contract/access.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'
import { meSchema, passwordChangeInput, signInInput } from '../schemas/access.ts'
import { describeMe, findPerson } from './me.ts'

/** Who asks, and the ways in and out. */
export function signInRoutes(api: Api): readonly ApiRoute[] {
  return [meRoute(api), signInRoute(api), signOutRoute(api), passwordRoute(api)]
}

function meRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/access/me',
    audience: 'anyone',
    about: 'Who asks, whether people have to sign in, and how they may.',
    input: noInput,
    answer: meSchema,
    handle: async (_input, reply) => describeMe(api, await findPerson(api, reply.request)),
  })
}

function signInRoute(api: Api): ApiRoute {
  const { signIns } = api.access
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/sign-in',
    audience: 'anyone',
    about:
      'Begins a session, kept in a cookie: with name and password of an account, or with the access token of the ' +
      'configuration. 401 for a wrong one, 429 with Retry-After after too many.',
    input: z.object({ body: signInInput }),
    answer: meSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply) => {
      const address = clientAddress(reply.request)
      const signedIn =
        'token' in body
          ? await signIns.withToken(body.token, address)
          : await signIns.withPassword({ ...body, address })
      return begin(api, signedIn, reply)
    },
  })
}

function signOutRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/sign-out',
    audience: 'anyone',
    about: 'Ends the session of the cookie; live streams that it opened end within seconds.',
    input: noInput,
    answer: meSchema,
    handle: async (_input, reply) => {
      await endSession(api, reply)
      void reply.header('set-cookie', noSessionCookie(reply.request))
      return describeMe(api, undefined)
    },
  })
}

function passwordRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/password',
    about:
      'Gives the person who asks another password. Their other sessions end, this one goes on with another cookie.',
    input: z.object({ body: passwordChangeInput }),
    answer: meSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply, person) => {
      const name = requireAccount(api, person)
      const current = { name, password: body.current, address: clientAddress(reply.request) }
      return begin(api, await api.access.signIns.changePassword(current, body.password), reply)
    },
  })
}

function begin(api: Api, { person, secret }: SignedIn, reply: FastifyReply): Me {
  const cookie = sessionCookie(reply.request, secret, api.access.longestSessionMs)
  void reply.header('set-cookie', cookie)
  return describeMe(api, person)
}

async function endSession({ access }: Api, reply: FastifyReply): Promise<void> {
  const secret = readSessionCookie(reply.request)
  if (secret !== undefined) await access.signIns.out(secret, clientAddress(reply.request))
}

/** A token may be in the hands of a program, which is not to lock its owner out. */
function requireAccount({ access }: Api, { name, via }: Person): string {
  const user = access.accounts.find(name)
  if (user?.password !== undefined && via !== 'token') return user.name
  throw new HttpError(
    403,
    `Cannot change the password of ${name}: only people who sign in with a password here can do that, and not with a token`,
  )
}
