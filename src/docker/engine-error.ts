import { userInfo } from 'node:os'
import { describeTlsFault } from './tls-fault.ts'

export type EngineErrorCode =
  | 'ENGINE_ABSENT'
  | 'ENGINE_REFUSED'
  | 'ENGINE_FORBIDDEN'
  | 'ENGINE_SILENT'
  | 'ENGINE_ANSWER'
  | 'ENGINE_ENDPOINT'
  | 'ENGINE_TLS'
  | 'ENGINE_VERSION'

/** The engine cannot be asked; the message is one sentence that says what to do. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: EngineErrorCode

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Turns a fault of the socket into a sentence about the engine at `endpoint`. */
export function describeFault(endpoint: string, cause: unknown): EngineError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const other = 'set DOCKER_HOST to the address of another engine'
  const tlsMessage =
    typeof code === 'string' ? describeTlsFault(endpoint, code, textOf(cause)) : undefined
  if (tlsMessage !== undefined) return new EngineError('ENGINE_TLS', tlsMessage, { cause })
  switch (code) {
    case 'ENOENT':
      return new EngineError(
        'ENGINE_ABSENT',
        `No container engine at ${endpoint}: there is no such socket; start the engine, or ${other}`,
        { cause },
      )
    case 'EACCES':
    case 'EPERM':
      return new EngineError('ENGINE_FORBIDDEN', forbiddenMessage(endpoint), { cause })
    default:
      return new EngineError(
        'ENGINE_REFUSED',
        `The container engine at ${endpoint} does not answer: ${textOf(cause)}; start the engine, or ${other}`,
        { cause },
      )
  }
}

/**
 * Knows the refusals that another setting mends.
 * @param text What the engine answered, of whatever status.
 */
export function describeRefusal(endpoint: string, text: string): EngineError | undefined {
  if (text.includes('HTTP request to an HTTPS server')) {
    return new EngineError(
      'ENGINE_TLS',
      `The container engine at ${endpoint} speaks TLS: set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem`,
    )
  }
  if (/client version \S+ is too (?:new|old)/.test(text)) {
    return new EngineError('ENGINE_VERSION', `The container engine at ${endpoint} says: ${text}`)
  }
  return undefined
}

/** The sentence for a socket that this user may not open. */
export function forbiddenMessage(endpoint: string): string {
  const user = nameUser()
  return (
    `Cannot open the container engine's socket ${endpoint}: permission denied for user ${user}; ` +
    `run "usermod -aG docker ${user}" and log in again, run as root, or set DOCKER_HOST to another engine`
  )
}

/** In an image the user often has no name; then its number does. */
function nameUser(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.geteuid?.() ?? '')
  }
}

function textOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replaceAll(/\s+/g, ' ').trim()
}
