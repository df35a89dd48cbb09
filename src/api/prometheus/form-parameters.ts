import type { FastifyRequest } from 'fastify'
import { HttpError } from '../../http/http-error.ts'
import type { ReadBody } from '../../http/read-body.ts'

/**
 * The parameters of a request as Prometheus takes them: from the address, and of a POST from its form too.
 * @throws {HttpError} 415 for a body that is no form.
 */
export async function readParameters(
  request: FastifyRequest,
  readBody: ReadBody,
): Promise<URLSearchParams> {
  const parameters = new URL(request.url, 'http://localhost').searchParams
  if (request.method !== 'POST') return parameters
  const body = (await readBody(request.raw)).toString()
  if (body === '') return parameters
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/x-www-form-urlencoded') {
    throw new HttpError(415, 'Cannot read the body: it has to be application/x-www-form-urlencoded')
  }
  for (const [name, value] of new URLSearchParams(body)) parameters.append(name, value)
  return parameters
}
