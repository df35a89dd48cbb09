import type { Settings } from '../config/settings.ts'

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
}

/**
 * The JSON of a GET to the server.
 * @throws {ServerUnreachableError} When it does not answer, or with a fault.
 */
export async function askServer<Answer>(
  settings: Settings,
  path: string,
  options: AskOptions = {},
): Promise<Answer> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? timeoutMs)
  const answer = await request(settings, path, { signal })
  const text = await answer.text()
  // Both sides are of the same version.
  const parsed: Answer = JSON.parse(text)
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
  const answer = await request(settings, path, { signal })
  return (answer.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())
}

async function request(
  { serverUrl, accessToken }: Settings,
  path: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<Response> {
  const answer = await fetch(`${serverUrl}${path}`, {
    headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
    signal,
  }).catch((cause: unknown) => {
    throw new ServerUnreachableError(
      `Cannot reach the server at ${serverUrl}: ${tell(cause)}; start it with "vigie up", or set VIGIE_SERVER_URL`,
      { cause },
    )
  })
  if (answer.ok) return answer
  const refusal = tellRefusal(await answer.text())
  throw new ServerUnreachableError(
    `The server at ${serverUrl} answered ${answer.status} to GET ${path}: ${refusal}`,
  )
}

/** The sentence of a refusal of ours, else the start of what came. */
function tellRefusal(text: string): string {
  const sentence = /^\{"errors":\["((?:[^"\\]|\\.)*)"\](?:,"at":\d+)?\}$/s.exec(text)?.[1]
  return sentence === undefined ? text.slice(0, 300) : String(JSON.parse(`"${sentence}"`))
}

/** `fetch` hides the reason in the cause. */
function tell(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
