import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import type { Settings } from '../config/settings.ts'
import { isLoopback } from '../http/loopback.ts'
import { describeFailure } from '../sinks/forwarder/post/describe-failure.ts'
import { openAgent } from '../sinks/forwarder/post/open-agent.ts'
import { askDoor } from './control-client.ts'

/** The server cannot be asked; the message says what to do. */
class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError'
  readonly code = 'SERVER_UNREACHABLE'
}

const timeoutMs = 10_000

/** How a question is put. */
export interface AskOptions {
  /** How long the answer may take; 10 s unless told otherwise. */
  readonly timeoutMs?: number
  /** Posted as JSON; a GET without. */
  readonly body?: object
}

/**
 * The JSON of a GET to the server, or of a POST where there is a body.
 * @throws {ServerUnreachableError} When it does not answer, or with a fault.
 */
export async function askServer<Answer>(
  settings: Settings,
  path: string,
  options: AskOptions = {},
): Promise<Answer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? timeoutMs)
  const body = options.body && JSON.stringify(options.body)
  const answer = await text(await request(settings, { path, signal, body }))
  // Both sides are of the same version.
  const parsed: Answer = JSON.parse(answer)
  return parsed
}

/**
 * The body of a GET that goes on until `signal` aborts, as text.
 * @throws {ServerUnreachableError} When the server does not answer, or with a fault.
 */
export async function openServerStream(
  settings: Settings,
  path: string,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const answer = await request(settings, { path, signal, body: undefined })
  return answer.setEncoding('utf8')
}

/** With the token of the configuration; without one, as the command line, where a server on this machine wants one. */
async function request(settings: Settings, question: Question): Promise<IncomingMessage> {
  const { serverUrl, accessToken } = settings
  let answer = await send(settings, question, accessToken)
  if (answer.statusCode === 401 && accessToken === undefined) {
    const token = await findPass(settings)
    if (token !== undefined) {
      answer.resume()
      answer = await send(settings, question, token)
    }
  }
  if (answer.statusCode === 200) return answer
  const refusal = tellRefusal(await text(answer))
  throw new ServerUnreachableError(
    `The server at ${serverUrl} answered ${answer.statusCode} to ${methodOf(question)} ${question.path}: ${refusal}`,
  )
}

interface Question {
  readonly path: string
  readonly signal: AbortSignal
  readonly body: string | undefined
}

function methodOf({ body }: Question): 'GET' | 'POST' {
  return body === undefined ? 'GET' : 'POST'
}

async function send(
  { serverUrl, outbound }: Settings,
  question: Question,
  token: string | undefined,
): Promise<IncomingMessage> {
  const { path, signal, body } = question
  const fail = (cause: unknown): never => {
    throw new ServerUnreachableError(
      `Cannot reach the server at ${serverUrl}: ${describeFailure(cause)}; start it with "vigie up", or set VIGIE_SERVER_URL`,
      { cause },
    )
  }
  return new Promise<IncomingMessage>((resolve, reject) => {
    const url = new URL(`${serverUrl}${path}`)
    const agent = openAgent(url, outbound, 1)
    const ask = url.protocol === 'https:' ? httpsRequest : httpRequest
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const asked = ask(url, { agent, signal, headers, method: methodOf(question) })
    asked.once('error', reject).once('response', resolve)
    // What is kept open would keep the command from ending.
    asked.once('close', () => agent.destroy())
    asked.end(body)
  }).catch(fail)
}

/**
 * What a server on this machine lets those in with who may open its door for commands. It is shown to no other.
 * @returns undefined where there is none to ask.
 */
async function findPass(settings: Settings): Promise<string | undefined> {
  const { serverUrl, web } = settings
  if (!isLoopback(new URL(serverUrl).hostname) && serverUrl !== web.publicUrl) return undefined
  const question = { half: 'server', name: 'access-pass' } as const
  try {
    for await (const { pass } of askDoor<{ readonly pass: string }>(settings, question)) return pass
  } catch {
    // The refusal of the server says more than that its door is shut.
  }
  return undefined
}

/** The sentence of a refusal of ours, else the start of what came. */
function tellRefusal(answer: string): string {
  const sentence = /^\{"errors":\["((?:[^"\\]|\\.)*)"\](?:,"at":\d+)?\}$/s.exec(answer)?.[1]
  return sentence === undefined ? answer.slice(0, 300) : String(JSON.parse(`"${sentence}"`))
}
