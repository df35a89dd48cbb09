import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { EventEmitter, once } from 'node:events'
import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

/** A request as it came, its body decompressed. */
export interface Taken {
  readonly method: string
  readonly route: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

/** A real HTTP server that takes all that agents of Datadog send, in any compression, and keeps it. */
export class PlainIntake implements AsyncDisposable {
  readonly received: Taken[] = []
  /** Status of each answer. */
  answer: (taken: Taken) => number = ({ method }) => (method === 'GET' ? 200 : 202)
  readonly #news = new EventEmitter()
  #server: Server | undefined
  #port = 0

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async open(): Promise<this> {
    const server = createServer((request, response) => {
      void this.#take(request, response)
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    if (typeof address === 'object' && address !== null) this.#port = address.port
    this.#server = server
    return this
  }

  /** What was posted to a route, in the order it came. */
  bodiesOf(route: string): readonly Buffer[] {
    return this.received
      .filter((taken) => taken.method === 'POST' && taken.route === route)
      .map(({ body }) => body)
  }

  /** Resolves once there were so many requests. */
  async seen(count: number): Promise<void> {
    while (this.received.length < count) await once(this.#news, 'taken')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server
    if (server === undefined) return
    const closed = new Promise((resolve) => {
      server.close(resolve)
    })
    server.closeAllConnections()
    await closed
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const taken = await readTaken(request)
    this.received.push(taken)
    response.writeHead(this.answer(taken)).end()
    this.#news.emit('taken')
  }
}

async function readTaken(request: IncomingMessage): Promise<Taken> {
  const { method = '', url: route = '', headers } = request
  return { method, route, headers, body: decompress(await buffer(request), headers) }
}

function decompress(body: Buffer, headers: IncomingMessage['headers']): Buffer {
  const encoding = headers['content-encoding']
  if (encoding === 'zstd') return zstdDecompressSync(body)
  if (encoding === 'deflate') return inflateSync(body)
  return encoding === 'gzip' ? gunzipSync(body) : body
}
