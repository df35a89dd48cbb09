import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { zstdDecompressSync } from 'node:zlib'
import { within } from './environment.ts'

/** One request as it came; the body is decompressed. */
export interface Received {
  readonly route: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  readonly status: number
}

/** A real HTTP server that keeps what it is sent and answers with the status it is told to. */
export class RecordingIntake implements AsyncDisposable {
  readonly received: Received[] = []
  /** Connections that were ever opened. */
  connections = 0
  /** Requests that were under way at a time, at most. */
  mostAtATime = 0
  /** Status of the next answer; `undefined` for none at all, `cut` to end the connection in its place. */
  nextStatus: (body: Buffer) => number | 'cut' | undefined = () => 202
  /** Of each answer. */
  answerHeaders: Readonly<Record<string, string>> = {}
  #server: Server | undefined
  #port = 0
  #waiting: (() => void)[] = []
  #underWay = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  /** Opens it, at the port it had before when it was closed. */
  async open(): Promise<this> {
    const server = createServer((request, response) => void this.#take(request, response))
    server.on('connection', () => {
      this.connections += 1
    })
    await new Promise<void>((resolve) => {
      server.listen(this.#port, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
    this.#server = server
    return this
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    if (server === undefined) return
    const closed = new Promise((resolve) => {
      server.close(resolve)
    })
    server.closeAllConnections()
    await closed
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** What was taken for good, once there is so much of it. */
  async taken(count: number): Promise<readonly Received[]> {
    for (;;) {
      const taken = this.received.filter(({ status }) => status === 202)
      if (taken.length >= count) return taken
      await this.nextRequest()
    }
  }

  /** @throws {Error} When none comes within five seconds. */
  nextRequest(): Promise<void> {
    return within(
      5000,
      new Promise((resolve) => {
        this.#waiting.push(resolve)
      }),
    )
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#underWay += 1
    this.mostAtATime = Math.max(this.mostAtATime, this.#underWay)
    response.once('close', () => {
      this.#underWay -= 1
    })
    const body = zstdDecompressSync(await buffer(request))
    const status = this.nextStatus(body)
    const { url: route = '', headers } = request
    this.received.push({ route, headers, body, status: typeof status === 'number' ? status : 0 })
    if (status === 'cut') response.destroy()
    else if (status !== undefined)
      response.writeHead(status, this.answerHeaders).end(`status ${status}`)
    for (const wake of this.#waiting.splice(0)) wake()
  }
}
