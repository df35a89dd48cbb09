import {
  request as httpRequest,
  type Agent,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Endpoint } from './endpoint.ts'
import { describeFault, describeRefusal, EngineError } from './engine-error.ts'

/** The longest answer that is read: an inspect of a container has some kilobytes, a list of thousands some megabytes. */
const maxAnswerBytes = 64 * 1024 * 1024
/** The longest line of a stream: an event has less than a kilobyte, unless somebody's labels are very long. */
const maxLineChars = 1024 * 1024
/** How long a stream of bytes is silent before its other end is asked whether it is there. */
const keepAliveMs = 30_000

/** One question, and what its faults are told with. */
export interface Question {
  readonly endpoint: Endpoint
  readonly path: string
  readonly timeoutMs: number
  /** Connections to take one of; `false` for one of its own. */
  readonly agent: Agent | false
  readonly signal?: AbortSignal
}

/** The head of an answer, and when the rest of it must have come. */
interface Answer {
  readonly message: IncomingMessage
  /** Monotonic milliseconds. */
  readonly giveUpAtMs: number
}

/**
 * Asks with GET.
 * @returns The answer's JSON; `undefined` when the engine says 404.
 * @throws {EngineError} When it cannot be reached, is silent for longer than allowed, or answers with a fault.
 */
export async function askJson(question: Question): Promise<unknown> {
  const answer = await send(question)
  const { statusCode } = answer.message
  if (statusCode !== 200 && statusCode !== 404) throw await readRefusal(question, answer)
  const text = await readText(question, answer)
  if (statusCode === 404) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw answerFault(question, 'with something that is not JSON', cause)
  }
}

/**
 * Asks with GET, only to have an answer.
 * @throws {EngineError} As `askJson`; 404 too is a fault.
 */
export async function askWhetherThere(question: Question): Promise<void> {
  const answer = await send(question)
  if (answer.message.statusCode !== 200) throw await readRefusal(question, answer)
  await readText(question, answer)
}

/**
 * Asks with GET for a stream of lines. Resolves once the engine has begun to answer; they end when `signal` aborts.
 * @throws {EngineError} As `askJson`, also while reading.
 */
export async function askLines(
  question: Question,
  signal: AbortSignal,
): Promise<AsyncIterable<string>> {
  const answer = await send({ ...question, signal })
  if (answer.message.statusCode !== 200) throw await readRefusal(question, answer)
  return splitLines(question, answer.message, signal)
}

/**
 * Asks with GET for a stream of bytes that may be silent for as long as it likes. Resolves once the engine has begun to
 * answer; the bytes end with the answer, or when `signal` aborts.
 * @returns `undefined` when the engine says 404.
 * @throws {EngineError} As `askJson`, also while reading.
 */
export async function askBytes(
  question: Question,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const answer = await send({ ...question, signal })
  const { message } = answer
  if (message.statusCode === 404) {
    await readText(question, answer)
    return undefined
  }
  if (message.statusCode !== 200) throw await readRefusal(question, answer)
  // A host that is gone says nothing: without this, a stream from it would stay open for ever.
  message.socket.setKeepAlive(true, keepAliveMs)
  return passBytes(question, message, signal)
}

async function* passBytes(
  question: Question,
  message: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* readChunks(message)
  } catch (cause) {
    if (!signal.aborted) throw faultOf(question.endpoint, cause)
  }
}

function send(question: Question): Promise<Answer> {
  const { endpoint, path, timeoutMs, agent, signal } = question
  const isTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined
  const giveUpAtMs = performance.now() + timeoutMs
  return new Promise((resolve, reject) => {
    const all = { ...addressOf(endpoint), agent, path, method: 'GET', ...(signal && { signal }) }
    const request = (isTls ? httpsRequest : httpRequest)(all)
    const timer = setTimeout(() => request.destroy(silence(question)), timeoutMs)
    request.once('response', (message) => {
      clearTimeout(timer)
      resolve({ message, giveUpAtMs })
    })
    request.on('error', (cause) => {
      clearTimeout(timer)
      reject(faultOf(endpoint, cause))
    })
    request.end()
  })
}

function addressOf(endpoint: Endpoint): RequestOptions {
  if (endpoint.kind === 'socket')
    return { socketPath: endpoint.socketPath, headers: { host: 'docker' } }
  // The header Host is left to Node here: TLS compares it with the name in the engine's certificate.
  return { host: endpoint.host, port: endpoint.port, ...endpoint.tls }
}

function faultOf(endpoint: Endpoint, cause: unknown): EngineError {
  return cause instanceof EngineError ? cause : describeFault(endpoint.address, cause)
}

function silence({ endpoint, timeoutMs }: Question): EngineError {
  return new EngineError(
    'ENGINE_SILENT',
    `The container engine at ${endpoint.address} has not answered for ${timeoutMs / 1000} s; it may be overloaded or stuck`,
  )
}

async function readRefusal(question: Question, answer: Answer): Promise<EngineError> {
  const text = (await readText(question, answer)).slice(0, 200).trim()
  const seen = `with ${answer.message.statusCode}: ${text}`
  return describeRefusal(question.endpoint.address, text) ?? answerFault(question, seen)
}

function answerFault({ endpoint, path }: Question, seen: string, cause?: unknown): EngineError {
  return new EngineError(
    'ENGINE_ANSWER',
    `The container engine at ${endpoint.address} answered GET ${path} ${seen}`,
    { cause },
  )
}

async function readText(question: Question, { message, giveUpAtMs }: Answer): Promise<string> {
  // The time may be over already where this process was not let run.
  const leftMs = Math.max(0, giveUpAtMs - performance.now())
  const timer = setTimeout(() => message.destroy(silence(question)), leftMs)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    for await (const bytes of readChunks(message)) {
      sizeBytes += bytes.length
      if (sizeBytes > maxAnswerBytes)
        throw answerFault(question, `with more than ${maxAnswerBytes} bytes`)
      chunks.push(bytes)
    }
  } catch (cause) {
    throw faultOf(question.endpoint, cause)
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A stream without an encoding yields buffers. */
function readChunks(message: IncomingMessage): AsyncIterable<Buffer> {
  return message
}

async function* splitLines(
  question: Question,
  message: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  message.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of message) {
      const lines = `${rest}${String(chunk)}`.split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > maxLineChars)
        throw answerFault(question, `with a line of more than ${maxLineChars} characters`)
      yield* lines.filter((line) => line !== '')
    }
  } catch (cause) {
    if (signal.aborted) return
    throw cause instanceof EngineError ? cause : streamEnd(question, cause)
  }
  if (!signal.aborted) throw streamEnd(question)
}

function streamEnd({ endpoint }: Question, cause?: unknown): EngineError {
  return new EngineError(
    'ENGINE_REFUSED',
    `The container engine at ${endpoint.address} closed the stream of events; it may have been stopped`,
    { cause },
  )
}
