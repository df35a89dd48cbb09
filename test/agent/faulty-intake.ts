import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'

/**
 * What is done with a request: answered with a status; never answered; taken without an answer; cut off while it comes;
 * answered with a half, or with something that is no HTTP.
 */
export type Treatment =
  | number
  | { readonly status: number; readonly retryAfter: string }
  | 'hang'
  | 'answer lost'
  | 'cut'
  | 'half an answer'
  | 'garbage'

/** A real HTTP server that does to its clients what networks and servers do. */
export interface FaultyIntake extends AsyncDisposable {
  readonly url: string
  /** Bodies that were taken, by how often. */
  readonly taken: ReadonlyMap<string, number>
  /** Of these, those whose client was not told. */
  readonly untold: ReadonlySet<string>
  readonly requests: () => number
  /** Decides what becomes of each request. */
  treat: (body: string, request: IncomingMessage) => Treatment
}

/** Opens one that takes everything at first, at a free port of this machine. */
export async function openFaultyIntake(): Promise<FaultyIntake> {
  const taken = new Map<string, number>()
  const untold = new Set<string>()
  let requests = 0
  const taker: Pick<FaultyIntake, 'treat'> = { treat: () => 202 }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    requests += 1
    const body = String(await buffer(request).catch(() => Buffer.alloc(0)))
    const treatment = taker.treat(body, request)
    if (treatment === 202 || treatment === 'answer lost')
      taken.set(body, (taken.get(body) ?? 0) + 1)
    if (treatment === 'answer lost') untold.add(body)
    answer(response, treatment)
  }
  const server = createServer((request, response) => void handle(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return Object.assign(taker, {
    taken,
    untold,
    requests: () => requests,
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

function answer(response: ServerResponse, treatment: Treatment): void {
  if (typeof treatment === 'number') response.writeHead(treatment).end(`status ${treatment}`)
  else if (typeof treatment === 'object') {
    response.writeHead(treatment.status, { 'retry-after': treatment.retryAfter }).end('busy')
  } else if (treatment === 'half an answer') {
    response.writeHead(202, { 'content-length': 100 })
    response.write('half', () => response.destroy())
  } else if (treatment === 'garbage') {
    response.socket?.end('\u0000\u0001 no such protocol\r\n\r\n')
  } else if (treatment !== 'hang') response.destroy()
}
