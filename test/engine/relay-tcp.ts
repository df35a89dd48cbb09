import { spawn } from 'node:child_process'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { readFile } from 'node:fs/promises'
import type { PrivateEngine } from './private-engine.ts'

/** A port of this machine that leads to a port inside a private engine's own network. */
export interface Relay extends AsyncDisposable {
  readonly port: number
}

/** The network of a private engine is its own, so that a port it listens on cannot be reached without this. */
export async function relayTcp(engine: PrivateEngine, innerPort: number): Promise<Relay> {
  const pid = (await readFile(join(engine.root, 'docker.pid'), 'utf8')).trim()
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    const enter = ['--target', pid, '--net', 'busybox', 'nc', '127.0.0.1', String(innerPort)]
    const child = spawn('nsenter', enter, { stdio: ['pipe', 'pipe', 'ignore'] })
    socket.on('error', () => {})
    child.stdin.on('error', () => {})
    socket.on('close', () => {
      open.delete(socket)
      child.kill()
    })
    socket.pipe(child.stdin)
    child.stdout.pipe(socket)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
