import type { FastifyRequest } from 'fastify'
import { HttpError } from '../../http/http-error.ts'
import type { Person } from '../../model/person.ts'
import type { Api } from '../api.ts'
import type { Me } from '../contract/access.ts'
import { toPersonRow } from '../rows/access-rows.ts'

/** What a page has to know before anything else: who asks, and how one signs in. */
export function describeMe({ access, gate }: Api, person: Person | undefined): Me {
  return {
    signInNeeded: !gate.isOpen(),
    person: person === undefined ? null : toPersonRow(person),
    ways: {
      password: access.accounts.list().some(({ password }) => password !== undefined),
      token: access.hasAccessToken,
      provider: access.oidc?.name ?? null,
    },
  }
}

/** Who asks; undefined for one who is not let in, for whatever reason. */
export async function findPerson(
  { gate }: Api,
  request: FastifyRequest,
): Promise<Person | undefined> {
  try {
    return await gate.admit(request)
  } catch (error) {
    if (error instanceof HttpError) return undefined
    throw error
  }
}
