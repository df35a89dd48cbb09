import { once } from 'node:events'
import { request as requestPlain, type Agent, type IncomingMessage } from 'node:http'
import { request as requestTls } from 'node:https'
import type { CustomFetch } from 'openid-client'
import { isLoopback } from '../../http/loopback.ts'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'

/** Of one answer. Keys and descriptions of providers have some 10 KiB. */
const maxAnswerBytes = 1024 * 1024

/**
 * Asks a provider, over connections that may go through a proxy: Node's own `fetch` takes neither an agent nor certificates.
 * Redirects are not followed. The time for an answer is bounded by the signal that the library gives, its size here.
 * @returns A `fetch` that throws {OidcError} when there is no answer.
 */
export function createProviderFetch(agentFor: OidcOptions['agentFor']): CustomFetch {
  return async (address, { method, headers, body, signal }) => {
    const url = checkAddress(address)
    let agent: Agent | undefined
    try {
      agent = agentFor(url)
      const form = body instanceof URLSearchParams ? body : null
      return await ask(url, { method, headers, form, agent, signal })
    } catch (cause) {
      throw new OidcError('away', `Cannot reach ${url.origin}: ${reasonOf(cause, signal)}`, {
        cause,
      })
    } finally {
      agent?.destroy()
    }
  }
}

/**
 * What is not encrypted may only go to this machine itself, whatever a provider says that its addresses are.
 * @throws {OidcError} For any other address.
 */
export function checkAddress(address: string): URL {
  const url = URL.parse(address)
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url !== null && isSafe) return url
  throw new OidcError(
    'away',
    `Cannot use the address "${address.slice(0, 200)}" of the provider: it has to be https://, or on this machine`,
  )
}

interface Asking {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  /** What the library sends is always one, or nothing. */
  readonly form: URLSearchParams | null
  readonly agent: Agent
  readonly signal: AbortSignal | undefined
}

async function ask(url: URL, { form, signal, ...asking }: Asking): Promise<Response> {
  const bytes = Buffer.from(form?.toString() ?? '')
  const send = url.protocol === 'https:' ? requestTls : requestPlain
  const sent = send(url, {
    ...asking,
    headers: {
      ...asking.headers,
      ...(form !== null && {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': bytes.length,
      }),
    },
    ...(signal !== undefined && { signal }),
  })
  sent.end(bytes)
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  if (answer === undefined) throw new Error('there is no answer')
  return toResponse(answer, await readBody(answer))
}

async function readBody(answer: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of answer) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > maxAnswerBytes)
      throw new Error(`it answers with more than ${maxAnswerBytes} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}

function toResponse(
  { statusCode: status = 0, headersDistinct }: IncomingMessage,
  body: Uint8Array<ArrayBuffer>,
): Response {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  const hasBody = body.length > 0 && ![204, 205, 304].includes(status)
  return new Response(hasBody ? body : null, { status, headers })
}

function reasonOf(cause: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) return 'it does not answer in time'
  if (!(cause instanceof Error)) return 'it does not answer'
  return 'code' in cause ? String(cause.code) : cause.message
}
