import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../telemetry/log.ts'
import { discardBody } from './discard-body.ts'
import { HttpError, HttpTextError } from './http-error.ts'

/** Makes every error answer `{"errors":["sentence"]}`, with `at` where a text is at fault; what is our own fault goes to the log, not to the sender. */
export function answerErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler(async (error: FastifyError | HttpError, request, reply) => {
    const { status, sentence } = tellError(error)
    if (status >= 500 && !(error instanceof HttpError)) {
      log.error({ err: error, method: request.method, url: request.url }, 'request failed')
    }
    if (error instanceof HttpError) void reply.headers(error.headers)
    await discardBody(request.raw)
    const place = error instanceof HttpTextError ? { at: error.at } : {}
    return reply.code(status).send({ errors: [sentence], ...place })
  })
}

/** Answers an address that cannot be decoded or is too long, which no route and no hook gets to see. */
export function answerBadAddress(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { status, sentence } = tellError(error)
  void reply.code(status).send({ errors: [sentence] })
}

/** Answers what could not be parsed as a request, then closes: too long headers, broken syntax, half a request. */
export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, reason, sentence } = tellBroken(error.code ?? '')
  const body = JSON.stringify({ errors: [sentence] })
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
  // A peer that never reads would keep the socket half open.
  socket.setTimeout(1000, () => socket.destroy())
}

function tellError(error: FastifyError | HttpError): { status: number; sentence: string } {
  if (error instanceof HttpError) return { status: error.status, sentence: error.message }
  const status = error.statusCode ?? 500
  if (status < 400 || status >= 500) {
    return {
      status: 500,
      sentence: 'Cannot answer: an internal fault; the log of the server tells more',
    }
  }
  return { status, sentence: `Cannot read the request: ${error.message.slice(0, 200)}` }
}

function tellBroken(code: string): { status: number; reason: string; sentence: string } {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return {
      status: 431,
      reason: 'Request Header Fields Too Large',
      sentence: 'Cannot read the request: its headers are too long',
    }
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return {
      status: 408,
      reason: 'Request Timeout',
      sentence: 'Cannot read the request: it did not arrive whole in time',
    }
  }
  return { status: 400, reason: 'Bad Request', sentence: 'Cannot read the request: it is not HTTP' }
}
