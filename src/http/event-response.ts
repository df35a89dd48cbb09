import type { ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'

/** Makes the reply a stream of server-sent events, which goes on until its response is ended. */
export function openEventResponse(reply: FastifyReply): ServerResponse {
  reply.hijack()
  const response = reply.raw
  // The connection ends with the stream, so that closing the server need not wait for the reader to let go.
  response.shouldKeepAlive = false
  response.socket?.setTimeout(0)
  response.socket?.setNoDelay(true)
  response.writeHead(200, {
    ...textHeaders(reply),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  return response
}

/** The headers that hooks have put on the reply, which a hijacked reply does not send by itself. */
function textHeaders(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) headers[name] = String(value)
  }
  return headers
}

/** One event as bytes; a reader that comes back tells the last `id` it has seen. */
export function eventFrame(event: string, json: string, id?: string): Buffer {
  const place = id === undefined ? '' : `id: ${id}\n`
  return Buffer.from(`${place}event: ${event}\ndata: ${json}\n\n`)
}
