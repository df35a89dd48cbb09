import { once } from 'node:events'
import { createServer } from 'node:http'

/** A proxy on 127.0.0.1 through which nothing gets. */
export interface EchoingProxy extends AsyncDisposable {
  readonly port: number
  /** What was asked of it: `POST http://intake.invalid/api/v2/series`, with all headers as JSON. */
  readonly asked: readonly { readonly request: string; readonly headers: string }[]
}

/** Opens a proxy that refuses everything, and says in its answer all that it was told, keys included. */
export async function openEchoingProxy(): Promise<EchoingProxy> {
  const asked: { request: string; headers: string }[] = []
  const note = (method: string | undefined, url: string | undefined, headers: object): string => {
    asked.push({ request: `${method} ${url}`, headers: JSON.stringify(headers) })
    return JSON.stringify(headers)
  }
  const server = createServer((request, response) => {
    const echo = note(request.method, request.url, request.headers)
    request.resume()
    response.writeHead(503, { 'content-type': 'application/json', 'x-echo': encodeURI(echo) })
    response.end(echo)
  })
  server.on('connect', (request, socket) => {
    const echo = note(request.method, request.url, request.headers)
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 407 ${echo}\r\ncontent-length: ${echo.length}\r\n\r\n${echo}`)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    port,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
