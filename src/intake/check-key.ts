import type { FastifyRequest } from 'fastify'
import { isSameSecret } from '../http/constant-time.ts'
import { HttpError } from '../http/http-error.ts'

/** What a path calls the part of it that is the key: `/v1/input/:apiKey`. */
const pathKeyName = 'apiKey'

/**
 * Lets a request pass that shows one of the keys: in the header `DD-API-KEY`, as `api_key` or `dd-api-key` in the address, or
 * as a part of its path.
 * @throws {HttpError} 403 without one, or with another.
 */
export function checkKey(request: FastifyRequest, keys: readonly string[]): void {
  const shown = request.headers['dd-api-key'] ?? addressKey(request)
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

function addressKey({ query, params }: FastifyRequest): unknown {
  return valueOf(query, 'api_key') ?? valueOf(query, 'dd-api-key') ?? valueOf(params, pathKeyName)
}

function valueOf(values: unknown, name: string): unknown {
  return typeof values === 'object' && values !== null
    ? Object.entries(values).find(([key]) => key === name)?.[1]
    : undefined
}
