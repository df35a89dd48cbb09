import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'

/** What a proxy was asked for: `POST http://name/…`, or `CONNECT name:443`. */
export interface Asked {
  readonly method: string
  readonly target: string
  readonly authorization: string | undefined
}

/** A real HTTP proxy that takes every name for one port of this machine. */
export interface RecordingProxy extends AsyncDisposable {
  readonly port: number
  readonly asked: readonly Asked[]
  /** Status of its own answer in place of what it is asked for. */
  refuseWith?: number
}

/** Opens a proxy at a free port. */
export async function openRecordingProxy(targetPort: number): Promise<RecordingProxy> {
  const asked: Asked[] = []
  const sockets = new Set<Socket>()
  const note = ({ method = '', url = '', headers }: IncomingMessage): void => {
    asked.push({ method, target: url, authorization: headers['proxy-authorization'] })
  }
  const proxy: { refuseWith?: number } = {}
  const server = createServer((request, response) => {
    note(request)
    if (proxy.refuseWith !== undefined) {
      response.writeHead(proxy.refuseWith).end()
      return
    }
    const { pathname } = new URL(request.url ?? '')
    const { method, headers } = request
    const onward = httpRequest({
      host: '127.0.0.1',
      port: targetPort,
      path: pathname,
      method,
      headers,
    })
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.pipe(response)
    })
    request.pipe(onward)
  })
  server.on('connect', (request, near: Socket) => {
    note(request)
    if (proxy.refuseWith !== undefined) {
      near.end(`HTTP/1.1 ${proxy.refuseWith} No\r\n\r\n`)
      return
    }
    const far = connect(targetPort, '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n')
      near.pipe(far).pipe(near)
    })
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return Object.assign(proxy, {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}
