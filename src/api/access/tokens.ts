import { z } from 'zod'
import type { UserRecord } from '../../access/access-state.ts'
import { HttpError } from '../../http/http-error.ts'
import type { Person } from '../../model/person.ts'
import type { Api } from '../api.ts'
import type { TokenList } from '../contract/access.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'
import { toTokenRow } from '../rows/access-rows.ts'
import { newTokenInput, newTokenSchema, tokenListSchema } from '../schemas/access.ts'
import { toActor } from './to-actor.ts'

/** Tokens of programs that ask as a person: one's own; an admin sees and revokes all. */
export function tokenRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), createRoute(api), revokeRoute(api)]
}

function listTokens({ access }: Api, { name, role }: Person): TokenList {
  const all = access.tokens.list()
  const seen = role === 'admin' ? all : all.filter(({ owner }) => owner === name)
  return { tokens: seen.map(toTokenRow) }
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/access/tokens',
    about:
      'The tokens of the person who asks, without the tokens themselves; for an admin all there are.',
    input: noInput,
    answer: tokenListSchema,
    handle: async (_input, _reply, person) => listTokens(api, person),
  })
}

function createRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/tokens',
    about:
      'Makes a token for a program that asks as the person who makes it, and tells it this one time. It may do no more ' +
      'than that person, now or later.',
    input: z.object({ body: newTokenInput }),
    answer: newTokenSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply, person) => {
      const owner = requireOwner(api, person)
      const actor = toActor(person, reply)
      const { row, token } = await api.access.tokens.create({ ...body, owner }, actor)
      return { row: toTokenRow(row), token }
    },
  })
}

function revokeRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/tokens/{id}/revoke',
    about:
      'Revokes a token: the next request with it is refused. Answers with those that are left.',
    input: z.object({ params: z.object({ id: z.string() }) }),
    answer: tokenListSchema,
    handle: async ({ params }, reply, person) => {
      const owner = person.role === 'admin' ? undefined : requireOwner(api, person).id
      await api.access.tokens.revoke(params.id, toActor(person, reply), owner)
      return listTokens(api, person)
    },
  })
}

/** A token makes no tokens: one that has leaked would live on in those. */
function requireOwner({ access }: Api, { name, via }: Person): UserRecord {
  const owner = access.accounts.find(name)
  if (owner !== undefined && via !== 'token') return owner
  throw new HttpError(
    403,
    `Cannot do this for ${name}: tokens belong to accounts, and are made by signing in, not with a token`,
  )
}
