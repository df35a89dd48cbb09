import type { FastifyRequest } from 'fastify'
import { isSameSecret } from '../http/constant-time.ts'
import { HttpError } from '../http/http-error.ts'

/**
 * Lets a request pass that shows one of the keys, in the header `DD-API-KEY` or as `api_key` in the address.
 * @throws {HttpError} 403 without one, or with another.
 */
export function checkKey(request: FastifyRequest, keys: readonly string[]): void {
  const shown = request.headers['dd-api-key'] ?? queryKey(request.query)
  if (typeof shown === 'string' && isKnown(shown, keys)) return
  const seen = shown === undefined ? 'no API key was shown' : 'the API key is another one'
  throw new HttpError(
    403,
    `Cannot take this: ${seen}; send the server's key in the header DD-API-KEY (it stands in the file api_key of its data folder)`,
  )
}

function isKnown(shown: string, keys: readonly string[]): boolean {
  // No early end: the time must not tell which key was nearly right.
  return keys.map((key) => isSameSecret(shown, key)).includes(true)
}

function queryKey(query: unknown): unknown {
  return typeof query === 'object' && query !== null && 'api_key' in query
    ? query.api_key
    : undefined
}
