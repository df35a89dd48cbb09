import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Control, ControlAnswer } from '../component/control.ts'
import type { Log } from '../telemetry/log.ts'
import { answerQuestion } from './answer-question.ts'
import { bindControlSocket } from './control-socket.ts'
import { readVersion } from './version.ts'

/** What one question, and all of them together, may take. */
export interface ControlLimits {
  /** Bytes of a body. */
  readonly bodyBytes: number
  /** Bytes of a request's head. */
  readonly headBytes: number
  /** Time for a request to arrive whole. */
  readonly requestMs: number
  /** Time that an asker may leave what it was sent unread. */
  readonly stallMs: number
  /** Connections; further ones are closed at once. */
  readonly connections: number
  /** Time that answers have to end when the door closes. */
  readonly closeMs: number
}

/** The door of one agent or server. */
export interface ControlDoor {
  readonly control: Control
  /** Lets questions in. Never rejects: where that is not possible the log says why, and the process goes on without. */
  readonly open: () => Promise<void>
  /** Answers that still run are told to end, and are cut off if they do not. */
  readonly close: () => Promise<void>
}

/** How a door is made. */
export interface ControlDoorOptions {
  /** Of the socket. */
  readonly path: string
  readonly log: Log
  /** Aborts when the process stops; what is being answered then ends. */
  readonly signal: AbortSignal
  readonly limits?: Partial<ControlLimits>
}

const defaultLimits: ControlLimits = {
  bodyBytes: 16 * 1024 * 1024,
  headBytes: 16 * 1024,
  requestMs: 20_000,
  stallMs: 30_000,
  connections: 16,
  closeMs: 500,
}

/**
 * A door of HTTP on a Unix socket: `GET` or `POST /<name>?<parameters>` is answered by whoever offers that name, as lines of
 * JSON. Whoever may open the socket may ask: that is the user the process runs as, and root.
 */
export function createControlDoor({ path, log, signal, limits }: ControlDoorOptions): ControlDoor {
  const allowed = { ...defaultLimits, ...limits }
  const answers = new Map<string, ControlAnswer>([['health', tellHealth]])
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  const stops = AbortSignal.any([signal, closing.signal])
  const server = createServer(
    {
      maxHeaderSize: allowed.headBytes,
      requestTimeout: allowed.requestMs,
      headersTimeout: allowed.requestMs,
      connectionsCheckingInterval: Math.min(10_000, allowed.requestMs),
      keepAlive: false,
    },
    (request: IncomingMessage, response: ServerResponse) => {
      const done = answerQuestion({ request, response }, { answers, log, stops, limits: allowed })
      running.add(done)
      void done.finally(() => running.delete(done))
    },
  )
  server.maxConnections = allowed.connections
  let removeSocket: (() => Promise<void>) | undefined
  return {
    control: { offer: (name, answer) => offer(answers, name, answer) },
    async open() {
      try {
        removeSocket = await bindControlSocket(server, path)
        server.on('error', (error) => log.warn(`The door for commands failed: ${error.message}`))
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        log.warn(`No door for commands: ${reason}`)
      }
    },
    async close() {
      closing.abort()
      server.close()
      await Promise.race([Promise.all(running), sleep(allowed.closeMs, undefined, { ref: false })])
      server.closeAllConnections()
      await removeSocket?.()
    },
  }
}

/** Whoever gets this answer knows that the process runs, and is not stuck. */
async function* tellHealth(): AsyncGenerator<{ readonly version: string }> {
  yield { version: readVersion() }
}

function offer(
  answers: Map<string, ControlAnswer>,
  name: string,
  answer: ControlAnswer,
): () => void {
  answers.set(name, answer)
  return () => {
    if (answers.get(name) === answer) answers.delete(name)
  }
}
