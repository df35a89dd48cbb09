import type { FastifyReply, FastifyRequest } from 'fastify'
import { isDeepStrictEqual } from 'node:util'
import type { Person } from '../model/person.ts'
import type { PeopleGate } from './gate.ts'
import { HttpError } from './http-error.ts'

/** Whose stream it is, and who says whether they may still have it. */
export interface StreamWatch {
  readonly gate: PeopleGate
  readonly person: Person
  /** How often they are asked. */
  readonly everyMs: number
}

/**
 * Ends an answer that would go on for ever once whoever asked is not let in any more, or is another to us than before: a
 * session or key may be revoked, a role or scope be changed, while the stream is open.
 */
export function watchStream(
  request: FastifyRequest,
  reply: FastifyReply,
  { gate, person, everyMs }: StreamWatch,
): void {
  async function look(): Promise<void> {
    if (!(await isSame(request, gate, person))) reply.raw.end()
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  reply.raw.once('close', () => clearInterval(timer))
}

async function isSame(request: FastifyRequest, gate: PeopleGate, person: Person): Promise<boolean> {
  try {
    return isDeepStrictEqual(await gate.admit(request), person)
  } catch (error) {
    // Too many tries or a busy server say nothing about this one.
    return error instanceof HttpError && error.status !== 401 && error.status !== 403
  }
}
