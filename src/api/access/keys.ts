import { z } from 'zod'
import type { Api } from '../api.ts'
import type { KeyList } from '../contract/access.ts'
import { defineApiRoute, noInput, type ApiRoute } from '../define-api-route.ts'
import { toKeyRow } from '../rows/access-rows.ts'
import { keyListSchema, newKeyInput, newKeySchema } from '../schemas/access.ts'
import { toActor } from './to-actor.ts'

/** The API keys of agents. */
export function keyRoutes(api: Api): readonly ApiRoute[] {
  const { keys } = api.access
  const list = (): KeyList => ({ keys: keys.list().map(toKeyRow) })
  return [
    defineApiRoute({
      method: 'GET',
      path: '/api/access/keys',
      needs: 'admin',
      about: 'The API keys that agents may show, without the keys themselves.',
      input: noInput,
      answer: keyListSchema,
      handle: async () => list(),
    }),
    defineApiRoute({
      method: 'POST',
      path: '/api/access/keys',
      needs: 'admin',
      about: 'Makes a key for agents, and tells it this one time.',
      input: z.object({ body: newKeyInput }),
      answer: newKeySchema,
      readBody: api.readBody,
      handle: async ({ body }, reply, person) => {
        const { row, key } = await keys.create(body.name, toActor(person, reply))
        return { row: toKeyRow(row), key }
      },
    }),
    defineApiRoute({
      method: 'POST',
      path: '/api/access/keys/{id}/revoke',
      needs: 'admin',
      about:
        'Revokes a key: the next request with it is refused. Answers with those that are left.',
      input: z.object({ params: z.object({ id: z.string() }) }),
      answer: keyListSchema,
      handle: async ({ params }, reply, person) => {
        await keys.revoke(params.id, toActor(person, reply))
        return list()
      },
    }),
  ]
}
