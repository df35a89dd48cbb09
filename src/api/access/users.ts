import { z } from 'zod'
import { HttpError } from '../../http/http-error.ts'
import type { Person } from '../../model/person.ts'
import type { Api } from '../api.ts'
import type { UserList } from '../contract/access.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'
import { toUserRow } from '../rows/access-rows.ts'
import { newUserInput, userChangeInput, userListSchema, userSchema } from '../schemas/access.ts'
import { toActor } from './to-actor.ts'

const named = z.object({ name: z.string() })

/** The accounts of people. */
export function userRoutes(api: Api): readonly ApiRoute[] {
  return [listRoute(api), addRoute(api), changeRoute(api), removeRoute(api)]
}

function listUsers({ access }: Api): UserList {
  return { users: access.accounts.list().map(toUserRow) }
}

function listRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'GET',
    path: '/api/access/users',
    needs: 'admin',
    about: 'The accounts of people.',
    input: noInput,
    answer: userListSchema,
    handle: async () => listUsers(api),
  })
}

function addRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/users',
    needs: 'admin',
    about: 'Adds an account. The first one is made at the command line: vigie user add.',
    input: z.object({ body: newUserInput }),
    answer: userSchema,
    readBody: api.readBody,
    handle: async ({ body }, reply, person) => {
      refuseOpen(person)
      return toUserRow(await api.access.accounts.add(body, toActor(person, reply)))
    },
  })
}

function changeRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/users/{name}',
    needs: 'admin',
    about: 'Changes what is given of an account: role, scope, password. Its sessions end.',
    input: z.object({ params: named, body: userChangeInput }),
    answer: userSchema,
    readBody: api.readBody,
    handle: async ({ params, body }, reply, person) => {
      refuseOwn(api, person, params.name)
      const actor = toActor(person, reply)
      return toUserRow(await api.access.accounts.change(params.name, body, actor))
    },
  })
}

function removeRoute(api: Api): ApiRoute {
  return defineApiRoute({
    method: 'POST',
    path: '/api/access/users/{name}/remove',
    needs: 'admin',
    about: 'Removes an account with its sessions and tokens. Answers with those that are left.',
    input: z.object({ params: named }),
    answer: userListSchema,
    handle: async ({ params }, reply, person) => {
      refuseOwn(api, person, params.name)
      await api.access.accounts.remove(params.name, toActor(person, reply))
      return listUsers(api)
    },
  })
}

/** Who has the data folder may decide who gets in; who merely has a shell on the machine may not. */
function refuseOpen({ via }: Person): void {
  if (via !== 'open') return
  throw new HttpError(
    403,
    'Cannot add the first account here: anybody on this machine could; make it at the command line with: vigie user add NAME --role admin',
  )
}

/** So one admin is always left. */
function refuseOwn({ access }: Api, person: Person, name: string): void {
  const own = access.accounts.find(person.name)
  if (own === undefined || own !== access.accounts.find(name)) return
  throw new HttpError(
    403,
    `Cannot change ${own.name} for ${person.name}: nobody does that to themselves; ask another admin, use "vigie user", or POST /api/access/password for another password`,
  )
}
