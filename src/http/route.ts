import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Person, Role } from '../model/person.ts'

/** One method on one path. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  /** As fastify writes it: `/api/containers/:id`. */
  readonly path: string
  /**
   * `people` pass the gate; `agents` show an API key, which the route itself checks; `anyone` is let in.
   */
  readonly audience: 'people' | 'agents' | 'anyone'
  /** The least role of people who may ask; `viewer` when absent. */
  readonly needs?: Role
  /** The answer does not end by itself. */
  readonly isStream?: boolean
  /**
   * Gives the answer: an object is sent as JSON. A refusal is thrown as `HttpError`; anything else that is thrown is a
   * fault of ours, logged and answered with 500.
   * @param person Who asks; absent unless the audience is people.
   */
  readonly handle: (
    request: FastifyRequest,
    reply: FastifyReply,
    person?: Person,
  ) => Promise<unknown>
}
