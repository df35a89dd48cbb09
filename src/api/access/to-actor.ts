import type { FastifyReply } from 'fastify'
import type { Actor } from '../../access/audit-log.ts'
import { clientAddress } from '../../http/trusted-proxies.ts'
import type { Person } from '../../model/person.ts'

/** Who does something, as it is written down. */
export function toActor(person: Person, reply: FastifyReply): Actor {
  return { name: person.name, address: clientAddress(reply.request) }
}
