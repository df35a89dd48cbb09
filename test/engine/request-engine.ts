import { request, type RequestOptions } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'

/** One call of the Engine API, as its reference spells it. */
export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Path and query without a version, so that the engine's newest version answers. */
  readonly path: string
  /** Sent as JSON; a stream is sent as it is, as a tar. */
  readonly body?: object | Readable
}

/**
 * The answer of a Docker Engine: parsed JSON, or its text when it is no single JSON value, `''` for an empty one.
 * @param dockerHost `unix:///path` or `tcp://name:port`, as in `DOCKER_HOST`.
 * @throws {Error} If nothing answers, or the answer's status is 400 or more.
 */
export async function requestEngine(dockerHost: string, call: EngineRequest): Promise<unknown> {
  const { status, body } = await exchange(dockerHost, call)
  if (status >= 400) {
    throw new Error(`Cannot ${call.method} ${call.path}: engine answered ${status}: ${body.trim()}`)
  }
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function exchange(
  dockerHost: string,
  call: EngineRequest,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { ...address(dockerHost), method: call.method, path: call.path },
      (incoming) => {
        text(incoming).then((body) => resolve({ status: incoming.statusCode ?? 0, body }), reject)
      },
    )
    outgoing.on('error', (cause) => {
      reject(
        new Error(`Cannot reach a Docker Engine at ${dockerHost}: ${cause.message}`, { cause }),
      )
    })
    send(outgoing, call.body)
  })
}

function send(outgoing: ReturnType<typeof request>, body: EngineRequest['body']): void {
  if (body === undefined) {
    outgoing.end()
    return
  }
  if (isStream(body)) {
    outgoing.setHeader('content-type', 'application/x-tar')
    body.pipe(outgoing)
    return
  }
  outgoing.setHeader('content-type', 'application/json')
  outgoing.end(JSON.stringify(body))
}

function isStream(body: object): body is Readable {
  return 'pipe' in body
}

function address(dockerHost: string): RequestOptions {
  const url = new URL(dockerHost)
  if (url.protocol === 'unix:') return { socketPath: url.pathname }
  return { host: url.hostname, port: url.port || 2375 }
}
