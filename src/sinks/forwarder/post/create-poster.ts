import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { OutboundSettings } from '../../../component/outbound-settings.ts'
import type { Destination, Payload } from '../forwarder.ts'
import { describeFailure } from './describe-failure.ts'
import { openAgent } from './open-agent.ts'

/** What came of one request: the answer's status and text, or why there was none. */
export type PostResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      /** Its beginning, on one line, with none of our secrets in it. */
      readonly text: string
      readonly headers: IncomingHttpHeaders
      /** Of the header `Retry-After`, if it says seconds. */
      readonly retryAfterMs?: number
    }
  | { readonly kind: 'failed'; readonly reason: string }

export interface Poster {
  /** Sends one payload with the headers of this moment; never rejects. */
  readonly post: (payload: Payload, signal: AbortSignal) => Promise<PostResult>
  readonly close: () => void
}

export interface PosterOptions {
  readonly outbound: OutboundSettings
  readonly timeoutMs: number
  /** As many as there are requests on their way at a time. */
  readonly connections: number
}

const keptAnswerChars = 2000
/** Who answers with more is cut off. */
const maxAnswerChars = 256 * 1024

/** Sends to one destination over a few connections that are kept, through a proxy where one is set. */
export function createPoster(destination: Destination, options: PosterOptions): Poster {
  const base = new URL(destination.url)
  const request = base.protocol === 'https:' ? httpsRequest : httpRequest
  let agent: Agent | undefined
  const send = (payload: Payload, signal: AbortSignal): Promise<PostResult> =>
    new Promise((resolve, reject) => {
      agent ??= openAgent(base, options.outbound, options.connections)
      const own = destination.headers()
      const sent = request(destination.url + payload.route, {
        method: 'POST',
        agent,
        signal,
        headers: { ...own, ...headersOf(payload) },
      })
      const silence = new Error(`it has not answered for ${options.timeoutMs / 1000} s`)
      const timer = setTimeout(() => sent.destroy(silence), options.timeoutMs)
      sent.on('close', () => clearTimeout(timer))
      sent.on('error', reject)
      sent.on('response', (answer) => readAnswer(answer, own).then(resolve, reject))
      sent.end(payload.body)
    })
  return {
    post: (payload, signal) =>
      send(payload, signal).catch((error: unknown) => ({
        kind: 'failed',
        reason: describeFailure(error),
      })),
    close: () => agent?.destroy(),
  }
}

function headersOf(payload: Payload): Record<string, string | number> {
  const { contentType, contentEncoding, headers, body } = payload
  return {
    'content-type': contentType,
    ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }),
    ...headers,
    'content-length': body.length,
  }
}

/** Reads to the end, so that the connection can be used again; keeps the beginning of the text. */
async function readAnswer(
  answer: IncomingMessage,
  own: Readonly<Record<string, string>>,
): Promise<PostResult> {
  let text = ''
  let length = 0
  answer.setEncoding('utf8')
  for await (const chunk of answer) {
    length += String(chunk).length
    if (text.length < keptAnswerChars) text += String(chunk)
    if (length > maxAnswerChars) break
  }
  const pauseS = Number(answer.headers['retry-after'])
  return {
    kind: 'answer',
    status: answer.statusCode ?? 0,
    text: toPlainText(text.slice(0, keptAnswerChars), own),
    headers: answer.headers,
    ...(pauseS > 0 && { retryAfterMs: pauseS * 1000 }),
  }
}

/** On one line; a key that the other side repeats must not come into our log. */
function toPlainText(text: string, own: Readonly<Record<string, string>>): string {
  const secrets = Object.entries(own)
    .filter(([name, value]) => /key|auth|token/i.test(name) && value !== '')
    .map(([, value]) => value)
  const masked = secrets.reduce((rest, secret) => rest.replaceAll(secret, '********'), text)
  return masked.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()
}
