import type { Settings } from '../config/settings.ts'

/** The server cannot be asked; the message says what to do. */
class ServerUnreachableError extends Error {
  override readonly name = 'ServerUnreachableError'
  readonly code = 'SERVER_UNREACHABLE'
}

const timeoutMs = 10_000

/**
 * The JSON of a GET to the server.
 * @throws {ServerUnreachableError} When it does not answer, or with a fault.
 */
export async function askServer<Answer>(settings: Settings, path: string): Promise<Answer> {
  const { serverUrl, accessToken } = settings
  const answer = await fetch(`${serverUrl}${path}`, {
    headers: accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch((cause: unknown) => {
    throw new ServerUnreachableError(
      `Cannot reach the server at ${serverUrl}: ${tell(cause)}; start it with "vigie up", or set VIGIE_SERVER_URL`,
      { cause },
    )
  })
  const text = await answer.text()
  if (!answer.ok) {
    throw new ServerUnreachableError(
      `The server at ${serverUrl} answered ${answer.status} to GET ${path}: ${tellRefusal(text)}`,
    )
  }
  // Both sides are of the same version.
  const parsed: Answer = JSON.parse(text)
  return parsed
}

/** The sentence of a refusal of ours, else the start of what came. */
function tellRefusal(text: string): string {
  const sentence = /^\{"errors":\["((?:[^"\\]|\\.)*)"\]\}$/s.exec(text)?.[1]
  return sentence === undefined ? text.slice(0, 300) : String(JSON.parse(`"${sentence}"`))
}

/** `fetch` hides the reason in the cause. */
function tell(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  return cause instanceof Error ? cause.message || cause.name : String(cause)
}
