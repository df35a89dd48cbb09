import { once } from 'node:events'
import { createServer } from 'node:net'

import { startVigie, type Vigie } from '../flow/vigie-process.ts'

/** A server that may be started more than once at one address, with one folder. */
export interface ServerPlace {
  readonly url: string
  /** Resolves once it listens. */
  readonly start: () => Promise<Vigie>
}

/** A place that nobody else has. */
export async function findPlace(dataDir: string): Promise<ServerPlace> {
  const address = `127.0.0.1:${await freePort()}`
  return {
    url: `http://${address}`,
    start: async () => {
      const server = await startVigie(['server'], { dataDir, env: { VIGIE_LISTEN: address } })
      await server.url()
      return server
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No free port')
  return address.port
}
