import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { freeBytes } from '../http/free-bytes.ts'
import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import { WireError } from '../wire/wire-error.ts'
import { checkKey } from './check-key.ts'
import type { Intake } from './intake.ts'

/** A route that agents post to. */
export interface IntakeRouteOptions {
  readonly path: string
  /** Media types that are taken, without parameters. */
  readonly mediaTypes: readonly string[] | 'any'
  /** Resolves once all of the body is stored; headers that it gives back go with the answer. */
  readonly accept: (
    body: Buffer,
    mediaType: string,
    request: IntakeRequest,
  ) => Promise<Readonly<Record<string, string>> | void>
  /** What a sender that succeeded gets, with 202 unless `status` says otherwise; bytes are sent as protobuf. */
  readonly answer: Readonly<Record<string, unknown>> | Buffer
  readonly status?: number
}

/** What a request says beside its body. */
export interface IntakeRequest {
  /** What the address has behind its `?`. */
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: IncomingHttpHeaders
}

/** Makes the route: key, media type, body, in this order; faults of the body are 400, a busy store is 429. */
export function defineIntakeRoute(intake: Intake, options: IntakeRouteOptions): HttpRoute {
  return {
    method: 'POST',
    path: options.path,
    audience: 'agents',
    handle: async (request, reply) => {
      intake.counts.add('requests', 1)
      try {
        checkKey(request, intake.keys)
        const mediaType = checkMediaType(request, options.mediaTypes)
        const body = await intake.readBody(request.raw)
        const said = { query: { ...Object(request.query) }, headers: request.headers }
        const headers = await acceptBody(options, body, { mediaType, said })
        if (headers !== undefined) void reply.headers(headers)
      } catch (error) {
        const refusal = tellRefusal(error)
        intake.counts.add(
          `requests_refused.${refusal instanceof HttpError ? refusal.status : 500}`,
          1,
        )
        throw refusal
      }
      if (Buffer.isBuffer(options.answer)) void reply.type('application/x-protobuf')
      return reply.code(options.status ?? 202).send(options.answer)
    },
  }
}

/** What cannot be read is of no use to anybody any more; of what can, parts may be on their way to the store. */
async function acceptBody(
  { accept }: IntakeRouteOptions,
  body: Buffer,
  { mediaType, said }: { readonly mediaType: string; readonly said: IntakeRequest },
): Promise<Readonly<Record<string, string>> | void> {
  try {
    return await accept(body, mediaType, said)
  } catch (error) {
    if (error instanceof WireError) freeBytes(body)
    throw error
  }
}

/**
 * What the body is, without parameters.
 * @throws {HttpError} 415 for what is not among `allowed`.
 */
export function checkMediaType(
  request: FastifyRequest,
  allowed: readonly string[] | 'any',
): string {
  const header = request.headers['content-type']
  const mediaType = (header ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (allowed === 'any' || allowed.includes(mediaType)) return mediaType
  const seen = header === undefined ? 'no Content-Type' : `Content-Type "${header.slice(0, 100)}"`
  throw new HttpError(
    415,
    `Cannot read the body: it has ${seen}; ${allowed.join(', ')} can be read`,
  )
}

/**
 * What a sender is told of an error: agents drop what got 400, 403 or 413 and send the rest again (datadog.md C.4).
 * @returns The error itself where it is a fault of ours.
 */
export function tellRefusal(error: unknown): unknown {
  if (error instanceof WireError) return new HttpError(400, error.message)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'STORE_BUSY') {
    return new HttpError(
      429,
      'Cannot store this now: too much is waiting to be stored; send it again',
      {
        'retry-after': '1',
      },
    )
  }
  if (code === 'STORE_WRITE_FAILED' || code === 'STORE_CLOSED') {
    return new HttpError(503, 'Cannot store this now: the store does not take it; send it again', {
      'retry-after': '2',
    })
  }
  return error
}
