import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'

/** What `fetch` has no word for, too. */
export interface HttpQuestion {
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, with POST. */
  readonly body?: object
  /** The address of this machine that the request comes from. */
  readonly from?: string
  /** Certificates that are trusted, PEM. */
  readonly ca?: string
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** GET, or POST of a body, on a connection of its own. */
export async function askHttp(url: string, question: HttpQuestion = {}): Promise<HttpAnswer> {
  const { headers, body, from, ca } = question
  const ask = url.startsWith('https:') ? httpsRequest : httpRequest
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = ask(url, {
      agent: false,
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(from !== undefined && { localAddress: from }),
      ...(ca !== undefined && { ca }),
    })
    asked.once('error', reject).once('response', resolve)
    asked.end(body === undefined ? undefined : JSON.stringify(body))
  })
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: await text(answer) }
}

/** Signs in with name and password as the page at `url` does. */
export function signIn(
  url: string,
  person: { readonly name: string; readonly password: string },
  { headers, ...question }: HttpQuestion = {},
): Promise<HttpAnswer> {
  return askHttp(`${url}/api/access/sign-in`, {
    ...question,
    headers: { origin: url, ...headers },
    body: person,
  })
}

/** The header with the cookie that an answer has set, as a browser sends it. */
export function cookieOf({ headers }: HttpAnswer): { readonly cookie: string } {
  return { cookie: headers['set-cookie']?.[0]?.split(';', 1)[0] ?? '' }
}
