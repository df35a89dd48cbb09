import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const recordings = new URL('../../src/docker/cases/', import.meta.url)

/** As much of an inspect as these tests change. */
export interface Recording {
  readonly Id: string
  Name: string
  State: { Status: string; Pid: number; StartedAt: string }
}

/** The recorded inspect of a case of `src/docker/cases`, to be changed at will. */
export function readRecording(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`${name}/inspect.json`, recordings), 'utf8'))
}

/** The recorded events, one line each. */
export function readRecordedEvents(): readonly string[] {
  return readFileSync(new URL('events.ndjson', recordings), 'utf8').trim().split('\n')
}

type Attributes = Readonly<Record<string, string>>

/** One line of the event stream. */
export function makeEvent(
  id: string,
  action: string,
  timeNanos: bigint | { readonly timeNanos: bigint; readonly attributes: Attributes },
): string {
  const given = typeof timeNanos === 'bigint' ? { timeNanos, attributes: {} } : timeNanos
  const attributes = { image: 'busybox', name: 'some', ...given.attributes }
  const event = { Type: 'container', Action: action, Actor: { ID: id, Attributes: attributes } }
  return JSON.stringify({ ...event, timeNano: '@' }).replace('"@"', String(given.timeNanos))
}

/**
 * An engine on a socket in a temporary folder that answers with what it is given: version, list, inspects and the
 * stream of events with the real engine's `since` and `filters`. It has no images.
 */
export class ReplayEngine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'vigie-replay-'))
  readonly socketPath = join(this.#folder, 'docker.sock')
  readonly dockerHost = `unix://${this.socketPath}`
  /** What is listed, and what an inspect answers, by id. */
  readonly containers = new Map<string, unknown>()
  /** Answers of one path in place of the usual one. */
  readonly special = new Map<string, (response: ServerResponse) => void>()
  /** Paths with their queries, in the order they were asked for. */
  readonly asked: string[] = []
  readonly #events: string[] = []
  /** Who listens, and what each wants to hear. */
  readonly #streams = new Map<ServerResponse, (line: string) => boolean>()
  #held: (() => void)[] | undefined
  #waiting: (() => void)[] = []
  #server: Server | undefined

  constructor(...recorded: readonly Recording[]) {
    for (const recording of recorded) this.containers.set(recording.Id, recording)
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#handle(request, response))
    this.#server = server
    await new Promise<void>((resolve) => {
      server.listen(this.socketPath, resolve)
    })
    return this
  }

  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise((resolve) => {
      if (server) server.close(resolve)
      else resolve(undefined)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Remembers the event, for a later `since`, and sends it to who listens now. */
  send(...lines: readonly string[]): void {
    this.#events.push(...lines)
    for (const [stream, isWanted] of this.#streams) {
      const wanted = lines.filter(isWanted)
      if (wanted.length > 0) stream.write(wanted.map((line) => `${line}\n`).join(''))
    }
  }

  /** Takes no new connection; resolves once nobody is connected any more. */
  async untilLeft(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    this.#server?.close(resolve)
    await promise
  }

  cutStreams(): void {
    for (const stream of this.#streams.keys()) stream.destroy()
  }

  /** Accepts connections but answers nothing, until `goOn`. */
  hang(): void {
    this.#held = []
  }

  goOn(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const answer of held) answer()
  }

  /** Resolves once `count` questions have begun with `path`. */
  async questions(path: string, count: number): Promise<void> {
    while (this.asked.filter((one) => one.startsWith(path)).length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
    }
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    this.asked.push(request.url ?? '')
    for (const wake of this.#waiting.splice(0)) wake()
    const answer = (): void => this.#answer(request, response)
    if (this.#held) this.#held.push(answer)
    else answer()
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://docker')
    const special = this.special.get(url.pathname)
    if (special) special(response)
    else if (url.pathname === '/version') sendJson(response, { Version: '20.10.24' })
    else if (url.pathname === '/_ping') response.end('OK')
    else if (url.pathname === '/events') this.#stream(response, url.searchParams)
    else if (url.pathname === '/containers/json')
      sendJson(
        response,
        [...this.containers.keys()].map((Id) => ({ Id })),
      )
    else if (url.pathname === '/images/json') sendJson(response, [])
    else this.#inspect(response, url.pathname)
  }

  #inspect(response: ServerResponse, path: string): void {
    const id = /^\/containers\/([^/]+)\/json$/.exec(path)?.[1] ?? ''
    const container = this.containers.get(id)
    if (container !== undefined) sendJson(response, container)
    else response.writeHead(404).end('{"message":"No such container"}')
  }

  #stream(response: ServerResponse, query: URLSearchParams): void {
    const sinceNanos = BigInt((query.get('since') ?? '').replace('.', ''))
    const isWanted = readFilters(query.get('filters') ?? '{}')
    this.#streams.set(response, isWanted)
    response.on('close', () => this.#streams.delete(response))
    response.writeHead(200, { 'content-type': 'application/json' })
    response.flushHeaders()
    for (const line of this.#events) {
      const timeNanos = /"timeNano":(\d+)/.exec(line)?.[1] ?? '0'
      if (BigInt(timeNanos) >= sinceNanos && isWanted(line)) response.write(`${line}\n`)
    }
  }
}

/** Filters by action as the engine does: of an action with details, the part before the colon counts. */
function readFilters(text: string): (line: string) => boolean {
  const filters: { readonly event?: readonly string[] } = JSON.parse(text)
  const actions = filters.event
  if (actions === undefined) return () => true
  return (line) => {
    const action = /"Action":"([^":]*)/.exec(line)?.[1]
    return action === undefined || actions.includes(action)
  }
}

/** Answers 200 with JSON. */
export function sendJson(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
