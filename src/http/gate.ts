import type { FastifyRequest } from 'fastify'
import type { Person } from '../model/person.ts'

/** Lets people in. */
export interface PeopleGate {
  /** There is no way to sign in, neither accounts nor a token: whoever asks from this machine is let in, and nobody else. */
  readonly isOpen: () => boolean
  /**
   * Who asks.
   * @throws {HttpError} 401 for one who has not signed in, 403 for a foreign `Host`, or a cookie
   *   without `Origin`, 429 after too many tries.
   */
  readonly admit: (request: FastifyRequest) => Promise<Person>
}

/** Lets agents in. */
export interface KeyGate {
  /** The name of the API key that was shown; `undefined` for one that is none, or was revoked. */
  readonly holderOf: (shown: string) => string | undefined
}
