import type { FastifyRequest } from 'fastify'
import type { KeyGate } from '../http/gate.ts'
import { HttpError } from '../http/http-error.ts'

/** What a path calls the part of it that is the key: `/v1/input/:apiKey`. */
const pathKeyName = 'apiKey'

/**
 * Lets a request pass that shows one of the keys: in the header `DD-API-KEY`, as `api_key` or `dd-api-key` in the address, as
 * a part of its path, or, as Prometheus and OpenTelemetry do, as a bearer's token or the password of any user.
 * @returns The name of the key.
 * @throws {HttpError} 403 without one, or with another.
 */
export function checkKey(request: FastifyRequest, keys: KeyGate): string {
  const shown = request.headers['dd-api-key'] ?? addressKey(request) ?? authorizedKey(request)
  const holder = typeof shown === 'string' ? keys.holderOf(shown) : undefined
  if (holder !== undefined) return holder
  const seen =
    shown === undefined ? 'no API key was shown' : 'the API key is unknown here, or was revoked'
  throw new HttpError(
    403,
    `Cannot take this: ${seen}; make one with "vigie key create NAME" on the server, and show it as DD-API-KEY or as a bearer token`,
  )
}

function addressKey({ query, params }: FastifyRequest): unknown {
  return valueOf(query, 'api_key') ?? valueOf(query, 'dd-api-key') ?? valueOf(params, pathKeyName)
}

/** @see RFC 6750, 2.1, and RFC 7617, 2 */
function authorizedKey({ headers }: FastifyRequest): string | undefined {
  const [, scheme = '', shown = ''] = /^(\w+) +(\S+)$/.exec(headers.authorization ?? '') ?? []
  if (scheme.toLowerCase() === 'bearer') return shown
  if (scheme.toLowerCase() !== 'basic') return undefined
  const pair = Buffer.from(shown, 'base64').toString()
  const colon = pair.indexOf(':')
  return colon === -1 ? undefined : pair.slice(colon + 1)
}

function valueOf(values: unknown, name: string): unknown {
  return typeof values === 'object' && values !== null
    ? Object.entries(values).find(([key]) => key === name)?.[1]
    : undefined
}
