import { once } from 'node:events'
import type { Server } from 'node:http'

/** A fixture: the address of a server that listens on loopback as long as it is used. */
export function serve(create: () => Server) {
  // Playwright wants to see which other parts are used, even when none is.
  // oxlint-disable-next-line eslint/no-empty-pattern
  return async ({}: object, use: (url: string) => Promise<void>): Promise<void> => {
    const server = create().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port')
    await use(`http://127.0.0.1:${address.port}`)
    server.closeAllConnections()
    server.close()
  }
}
