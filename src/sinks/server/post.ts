import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as httpsRequest } from 'node:https'
import type { Payload } from './payload-queue.ts'

/** What came of one request: the answer's status and text, or why there was none. */
export type PostResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly text: string
      /** Of the header `Retry-After`, if it says seconds. */
      readonly retryAfterMs?: number
    }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Poster {
  /** Sends one payload with the key of this moment; never rejects. */
  readonly post: (payload: Payload, signal: AbortSignal) => Promise<PostResult>
  readonly close: () => void
}

const maxAnswerChars = 2000
export interface PosterOptions {
  readonly apiKey: () => string | undefined
  readonly timeoutMs: number
  readonly version: string
  /** As many as there are requests on their way at a time. */
  readonly connections: number
}

/** Sends to one server over a few connections that are kept. */
export function createPoster(
  serverUrl: string,
  { apiKey, timeoutMs, version, connections }: PosterOptions,
): Poster {
  const isTls = serverUrl.startsWith('https:')
  const agent = isTls
    ? new TlsAgent({ keepAlive: true, maxSockets: connections })
    : new Agent({ keepAlive: true, maxSockets: connections })
  const request = isTls ? httpsRequest : httpRequest
  const send = (payload: Payload, signal: AbortSignal): Promise<PostResult> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(payload.route, serverUrl), {
        method: 'POST',
        agent,
        signal,
        headers: {
          'content-type': payload.contentType,
          'content-encoding': 'zstd',
          'content-length': payload.body.length,
          'dd-api-key': apiKey() ?? '',
          'user-agent': `vigie/${version}`,
          'dd-agent-version': version,
        },
      })
      const silence = new Error(`it has not answered for ${timeoutMs / 1000} s`)
      const timer = setTimeout(() => sent.destroy(silence), timeoutMs)
      sent.on('close', () => clearTimeout(timer))
      sent.on('error', reject)
      sent.on('response', (answer) => readAnswer(answer).then(resolve, reject))
      sent.end(payload.body)
    })
  const post = (payload: Payload, signal: AbortSignal): Promise<PostResult> =>
    send(payload, signal).catch((error: unknown) => ({ kind: 'failed', reason: describe(error) }))
  return { post, close: () => agent.destroy() }
}

/** Reads to the end, so that the connection can be used again; keeps the beginning of the text. */
async function readAnswer(answer: IncomingMessage): Promise<PostResult> {
  let text = ''
  answer.setEncoding('utf8')
  for await (const chunk of answer) {
    if (text.length < maxAnswerChars) text += String(chunk)
  }
  const pauseS = Number(answer.headers['retry-after'])
  return {
    kind: 'answer',
    status: answer.statusCode ?? 0,
    text: text.slice(0, maxAnswerChars),
    ...(pauseS > 0 && { retryAfterMs: pauseS * 1000 }),
  }
}

/** Where a name has several addresses the error of each is inside, and the outer one has no text. */
function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join(', ')
  return error instanceof Error ? error.message : String(error)
}
