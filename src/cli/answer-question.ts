import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  ControlError,
  type ControlAnswer,
  type ControlLine,
  type ControlQuestion,
} from '../component/control.ts'
import type { Log } from '../telemetry/log.ts'

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

interface AnswerContext {
  readonly answers: ReadonlyMap<string, ControlAnswer>
  readonly log: Log
  /** Aborts when answers are to end. */
  readonly stops: AbortSignal
  readonly limits: { readonly bodyBytes: number; readonly stallMs: number }
}

/** Something that is told to whoever asked, with the status that says whose fault it is. */
interface Refusal {
  readonly status: number
  readonly sentence: string
}

/**
 * Answers one request with lines of JSON, each sent as it comes about. What cannot be answered gets a status from 400 on
 * and one sentence; a fault after the first line becomes a last line `{"error": …}`. Never rejects.
 */
export async function answerQuestion(exchange: Exchange, context: AnswerContext): Promise<void> {
  const { request, response } = exchange
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const signal = AbortSignal.any([gone.signal, context.stops])
  try {
    const asked = findAnswer(request, context.answers)
    if ('status' in asked) return refuse(response, asked)
    const body = readWithin(request, context.limits.bodyBytes)
    const lines = asked.answer({ parameters: asked.parameters, body, signal })
    await sendLines(response, lines, context.limits.stallMs)
  } catch (error) {
    if (!gone.signal.aborted) refuse(response, toRefusal(error, context.log))
  }
}

function findAnswer(
  { method, url = '/' }: IncomingMessage,
  answers: ReadonlyMap<string, ControlAnswer>,
): Refusal | { answer: ControlAnswer; parameters: ControlQuestion['parameters'] } {
  if (method !== 'GET' && method !== 'POST') {
    return { status: 405, sentence: 'Only GET and POST are understood' }
  }
  const [path = '', search = ''] = url.split('?', 2)
  const name = path.slice(1)
  const answer = answers.get(name)
  if (answer === undefined) return { status: 404, sentence: describeUnknown(name, answers) }
  return { answer, parameters: new Map(new URLSearchParams(search)) }
}

/** A question's name begins with that of the source that answers it. */
function describeUnknown(name: string, answers: ReadonlyMap<string, ControlAnswer>): string {
  const [source = ''] = name.split('-', 1)
  const offered = [...answers.keys()].join(', ') || 'none'
  return `Nothing here answers "${name.slice(0, 100)}": that is for its source "${source.slice(0, 100)}", which does not run; questions that are answered: ${offered}`
}

async function* readWithin(
  request: IncomingMessage,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void> {
  let bytes = 0
  // Without an encoding a stream gives buffers.
  const pieces: AsyncIterable<Uint8Array> = request
  for await (const piece of pieces) {
    bytes += piece.length
    if (bytes > maxBytes) throw new ControlError(`The body is longer than ${maxBytes} bytes`)
    yield piece
  }
}

async function sendLines(
  response: ServerResponse,
  lines: AsyncIterable<ControlLine>,
  stallMs: number,
): Promise<void> {
  for await (const line of lines) {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    if (!response.write(`${JSON.stringify(line)}\n`)) await untilRead(response, stallMs)
  }
  response.end()
}

/** Resolves when the asker has read what it was sent, or is gone; one that reads nothing for too long is cut off. */
function untilRead(response: ServerResponse, stallMs: number): Promise<void> {
  if (response.closed) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), stallMs)
    const goOn = (): void => {
      clearTimeout(timer)
      response.off('drain', goOn).off('close', goOn)
      resolve()
    }
    response.on('drain', goOn).on('close', goOn)
  })
}

function toRefusal(error: unknown, log: Log): Refusal {
  if (error instanceof ControlError) return { status: 409, sentence: error.message }
  log.error(error, 'A question of a command could not be answered')
  return { status: 500, sentence: 'It failed to answer; its log says why' }
}

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  if (response.headersSent) {
    response.end(`${JSON.stringify({ error: sentence })}\n`)
    return
  }
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' })
  response.end(`${sentence}\n`)
}
