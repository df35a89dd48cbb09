import { z } from 'zod'
import type { Api } from './api.ts'
import type { SavedViewList } from './contract/views.ts'
import { defineApiRoute, noInput, type ApiRoute } from './define-api-route.ts'
import { newSavedViewInput, savedViewListSchema } from './schemas/views.ts'

/** Pages that were saved by name: everybody sees them, editors change them. */
export function viewRoutes({ views, readBody }: Api): readonly ApiRoute[] {
  const list = (): SavedViewList => ({ views: views.list() })
  return [
    defineApiRoute({
      method: 'GET',
      path: '/api/views',
      about: 'The saved views, by name.',
      input: noInput,
      answer: savedViewListSchema,
      handle: async () => list(),
    }),
    defineApiRoute({
      method: 'POST',
      path: '/api/views',
      needs: 'editor',
      about:
        'Saves a view for everybody, in place of the one with the same name. Answers with all.',
      input: z.object({ body: newSavedViewInput }),
      answer: savedViewListSchema,
      readBody,
      handle: async ({ body }, _reply, person) => {
        await views.save(body, person.name)
        return list()
      },
    }),
    defineApiRoute({
      method: 'POST',
      path: '/api/views/delete',
      needs: 'editor',
      about: 'Deletes the view of a name. Answers with those that are left.',
      input: z.object({ body: z.strictObject({ name: z.string() }) }),
      answer: savedViewListSchema,
      readBody,
      handle: async ({ body }) => {
        await views.delete(body.name)
        return list()
      },
    }),
  ]
}
