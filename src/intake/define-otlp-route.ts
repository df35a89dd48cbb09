import type { FastifyReply } from 'fastify'
import { discardBody } from '../http/discard-body.ts'
import { freeBytes } from '../http/free-bytes.ts'
import { HttpError } from '../http/http-error.ts'
import type { HttpRoute } from '../http/route.ts'
import { decodeJson } from '../wire/otlp/decode-json.ts'
import { decodeProto } from '../wire/otlp/decode-proto.ts'
import {
  encodeExportAnswer,
  encodeRefusal,
  exportAnswerJson,
  type PartialSuccess,
  type RejectedName,
} from '../wire/otlp/export-answer.ts'
import type { Message, MessageOf } from '../wire/otlp/message.ts'
import { checkKey } from './check-key.ts'
import { checkMediaType, tellRefusal } from './define-intake-route.ts'
import type { Intake } from './intake.ts'

/** A route of OTLP/HTTP. */
interface OtlpRouteOptions<M extends Message> {
  readonly path: string
  /** Names the body in faults: `the OTLP metrics`. */
  readonly what: string
  readonly message: M
  readonly rejectedName: RejectedName
  /** Resolves once all that is kept is stored. */
  readonly accept: (exported: MessageOf<M>) => Promise<PartialSuccess>
}

const protobuf = 'application/x-protobuf'
const json = 'application/json'

/** After decompression, as in OpenTelemetry's Collector (`max_request_body_size`). */
export const maxOtlpBytes: number = 20 * 1024 * 1024

/** Makes the route: bodies in protobuf or JSON, answers and refusals in the same. */
export function defineOtlpRoute<M extends Message>(
  intake: Intake,
  options: OtlpRouteOptions<M>,
): HttpRoute {
  return {
    method: 'POST',
    path: options.path,
    audience: 'agents',
    handle: async (request, reply) => {
      intake.counts.add('requests', 1)
      const isJson = request.headers['content-type']?.trim().toLowerCase().startsWith(json) ?? false
      try {
        checkKey(request, intake.keys)
        checkMediaType(request, [protobuf, json])
        const body = await intake.readBody(request.raw)
        const partial = await options.accept(decodeBody(body, isJson, options))
        const { rejectedName } = options
        const answer = isJson
          ? exportAnswerJson(partial, rejectedName)
          : encodeExportAnswer(partial)
        return await reply.type(isJson ? json : protobuf).send(answer)
      } catch (error) {
        const refusal = tellRefusal(error)
        const status = refusal instanceof HttpError ? refusal.status : 500
        intake.counts.add(`requests_refused.${status}`, 1)
        if (!(refusal instanceof HttpError)) throw refusal
        await discardBody(request.raw)
        return refuse(reply, refusal, isJson)
      }
    },
  }
}

function decodeBody<M extends Message>(
  body: Buffer,
  isJson: boolean,
  { message, what }: OtlpRouteOptions<M>,
): MessageOf<M> {
  try {
    if (body.length > maxOtlpBytes) throw tooLong()
    return isJson ? decodeJson(body, message, what) : decodeProto(body, message, what)
  } finally {
    // Whatever was found in it is a copy.
    freeBytes(body)
  }
}

function tooLong(): HttpError {
  return new HttpError(
    413,
    `Cannot take the body: it is longer than ${maxOtlpBytes} bytes when decompressed; send less at once`,
  )
}

/** @see https://opentelemetry.io/docs/specs/otlp/#failures-1 */
function refuse(
  reply: FastifyReply,
  { status, message, headers }: HttpError,
  isJson: boolean,
): unknown {
  void reply
    .code(status)
    .headers(headers)
    .type(isJson ? json : protobuf)
  return reply.send(isJson ? JSON.stringify({ message }) : encodeRefusal(message))
}
