import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as TlsAgent, request as httpsRequest } from 'node:https'
import type { Endpoint } from './endpoint.ts'
import { describeFault, EngineError } from './engine-error.ts'

/** The longest answer that is read: an inspect of a container has some kilobytes, a list of thousands some megabytes. */
const maxAnswerBytes = 64 * 1024 * 1024
/** The longest line of a stream: an event has less than a kilobyte, unless somebody's labels are very long. */
const maxLineChars = 1024 * 1024

/** Asks the engine, with GET only: there is no way to change anything through this client. */
export interface EngineClient {
  /** As people write it: `unix:///var/run/docker.sock`. */
  readonly address: string
  /**
   * The answer's JSON; `undefined` when the engine says 404. An abort of `signal` gives the question up.
   * @throws {EngineError} When it cannot be reached, is silent for longer than allowed, or answers with a fault.
   */
  readonly get: (path: string, signal?: AbortSignal) => Promise<unknown>
  /**
   * Opens a stream of JSON lines. Resolves once the engine has begun to answer; the lines end when `signal` aborts.
   * @throws {EngineError} As `get`, also while reading.
   */
  readonly openLines: (path: string, signal: AbortSignal) => Promise<AsyncIterable<string>>
  readonly close: () => void
}

/** One question, and what its faults are told with. */
interface Question {
  readonly endpoint: Endpoint
  readonly path: string
  readonly timeoutMs: number
  /** Monotonic milliseconds. */
  readonly giveUpAtMs: number
}

/** A client that opens connections when it needs them and keeps up to four. */
export function createEngineClient(endpoint: Endpoint, queryTimeoutMs: number): EngineClient {
  const isTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined
  const agentOptions = { keepAlive: true, maxSockets: 4, timeout: queryTimeoutMs }
  const agent = isTls ? new TlsAgent(agentOptions) : new Agent(agentOptions)
  const newQuestion = (path: string): Question => {
    const giveUpAtMs = performance.now() + queryTimeoutMs
    return { endpoint, path, timeoutMs: queryTimeoutMs, giveUpAtMs }
  }
  return {
    address: endpoint.address,
    async get(path, signal) {
      const question = newQuestion(path)
      const answer = await send(question, { agent, ...(signal && { signal }) })
      return readJson(question, answer)
    },
    async openLines(path, signal) {
      const question = newQuestion(path)
      const answer = await send(question, { agent: false, signal })
      if (answer.statusCode !== 200) throw await readRefusal(question, answer)
      return splitLines(question, answer, signal)
    },
    close: () => agent.destroy(),
  }
}

/** Resolves with the head of the answer. */
function send(question: Question, options: RequestOptions): Promise<IncomingMessage> {
  const { endpoint, path, timeoutMs } = question
  const isTls = endpoint.kind === 'tcp' && endpoint.tls !== undefined
  return new Promise((resolve, reject) => {
    const all = { ...addressOf(endpoint), ...options, path, method: 'GET' }
    const request = (isTls ? httpsRequest : httpRequest)(all)
    const timer = setTimeout(() => request.destroy(silence(question)), timeoutMs)
    request.once('response', (answer) => {
      clearTimeout(timer)
      resolve(answer)
    })
    request.on('error', (cause) => {
      clearTimeout(timer)
      reject(faultOf(endpoint, cause))
    })
    request.end()
  })
}

function addressOf(endpoint: Endpoint): RequestOptions {
  const headers = { host: 'docker' }
  if (endpoint.kind === 'socket') return { socketPath: endpoint.socketPath, headers }
  return { host: endpoint.host, port: endpoint.port, headers, ...endpoint.tls }
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

async function readJson(question: Question, answer: IncomingMessage): Promise<unknown> {
  if (answer.statusCode !== 200 && answer.statusCode !== 404)
    throw await readRefusal(question, answer)
  const text = await readText(question, answer)
  if (answer.statusCode === 404) return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw answerFault(question, 'with something that is not JSON', cause)
  }
}

async function readRefusal(question: Question, answer: IncomingMessage): Promise<EngineError> {
  const text = await readText(question, answer)
  return answerFault(question, `with ${answer.statusCode}: ${text.slice(0, 200).trim()}`)
}

function answerFault({ endpoint, path }: Question, seen: string, cause?: unknown): EngineError {
  return new EngineError(
    'ENGINE_ANSWER',
    `The container engine at ${endpoint.address} answered GET ${path} ${seen}`,
    { cause },
  )
}

async function readText(question: Question, answer: IncomingMessage): Promise<string> {
  const leftMs = question.giveUpAtMs - performance.now()
  const timer = setTimeout(() => answer.destroy(silence(question)), leftMs)
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    for await (const bytes of readChunks(answer)) {
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
function readChunks(answer: IncomingMessage): AsyncIterable<Buffer> {
  return answer
}

async function* splitLines(
  question: Question,
  answer: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  answer.setEncoding('utf8')
  let rest = ''
  try {
    for await (const chunk of answer) {
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
