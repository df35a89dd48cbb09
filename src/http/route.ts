import type { FastifyReply, FastifyRequest } from 'fastify'

/** One method on one path. */
export interface HttpRoute {
  readonly method: 'GET' | 'POST'
  /** As fastify writes it: `/api/containers/:id`. */
  readonly path: string
  /**
   * `people` pass the access rules of `check-access.ts`; `agents` show an API key, which the route itself checks;
   * `anyone` is let in.
   */
  readonly audience: 'people' | 'agents' | 'anyone'
  /** The answer does not end by itself. */
  readonly isStream?: boolean
  /**
   * Gives the answer: an object is sent as JSON. A refusal is thrown as `HttpError`; anything else that is thrown is a
   * fault of ours, logged and answered with 500.
   */
  readonly handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>
}
