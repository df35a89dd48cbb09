import { once } from 'node:events'
import { createServer, connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A way to a server that can be made slow, or cut. */
export interface FaultyRelay extends AsyncDisposable {
  readonly url: string
  /** What is sent from now on arrives so much later. */
  delay(ms: number): void
  /** Resets all connections that are open now; new ones are taken. */
  cut(): void
}

/** Opens a relay at a free port of this machine to `target`, which need not be there yet. */
export async function openFaultyRelay(target: string): Promise<FaultyRelay> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let delayMs = 0
  const pipe = async (from: Socket, to: Socket): Promise<void> => {
    try {
      for await (const chunk of from) {
        if (delayMs > 0) await sleep(delayMs)
        if (!to.write(chunk)) await once(to, 'drain')
      }
      to.end()
    } catch {
      to.destroy()
    }
  }
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    void pipe(near, far)
    void pipe(far, near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const ownPort = typeof address === 'object' && address !== null ? address.port : 0
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    url: `http://127.0.0.1:${ownPort}`,
    delay(ms) {
      delayMs = ms
    },
    cut,
    async [Symbol.asyncDispose]() {
      cut()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
