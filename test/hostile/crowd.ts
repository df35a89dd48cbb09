import type { Socket } from 'node:net'
import { closed, openSocket } from './send-hostile.ts'

/** Connections that say nothing. */
export interface Crowd {
  /** How many the server has let go at once. */
  readonly cut: () => number
  readonly leave: () => Promise<void>
}

/** Opens so many connections at a time. */
export function gatherCrowd(port: number, count: number): Crowd {
  const sockets: Socket[] = Array.from({ length: count }, () => openSocket({ port }))
  return {
    cut: () => sockets.filter((socket) => socket.closed).length,
    async leave() {
      for (const socket of sockets) socket.destroy()
      await Promise.all(sockets.map(closed))
    },
  }
}
