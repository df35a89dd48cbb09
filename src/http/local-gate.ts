import type { FastifyRequest } from 'fastify'
import type { Person } from '../model/person.ts'
import type { PeopleGate } from './gate.ts'
import { HttpError } from './http-error.ts'
import { bareHost, isLoopback } from './loopback.ts'
import { clientAddress } from './trusted-proxies.ts'

const local: Person = { name: 'local', role: 'admin', via: 'open' }

/**
 * The gate of a server that has neither accounts nor a token: whoever is on this machine is let in and may do everything. A
 * request has to name this machine in `Host`, so that no page of another site reaches us through a name of its own.
 * @param listenHost The address that the server listens on, by name or number.
 */
export function openLocalGate(listenHost: string): PeopleGate {
  return {
    isOpen: () => true,
    admit: async (request) => {
      checkAddress(request)
      checkHost(request, listenHost)
      return local
    },
  }
}

/** Another machine gets here only through a proxy, or when the last account of a server has just been removed. */
function checkAddress(request: FastifyRequest): void {
  const address = clientAddress(request)
  if (isLoopback(address)) return
  throw new HttpError(
    401,
    `Cannot let you in: there is no account yet, and you ask from ${address.slice(0, 50)}; make one on the server's machine with: vigie user add NAME --role admin`,
  )
}

function checkHost(request: FastifyRequest, listenHost: string): void {
  const host = bareHost(request.host)
  if (isLoopback(host)) return
  if (isLoopback(listenHost) && host === bareHost(listenHost)) return
  throw new HttpError(
    403,
    `Cannot answer for host "${host.slice(0, 100)}": without accounts and an access token only localhost is served; ` +
      'make an account with "vigie user add NAME --role admin", or set vigie.access_token (VIGIE_ACCESS_TOKEN), to use another name',
  )
}
