import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Item } from '../../../src/model/item.ts'

/** Folder that outlives the machine; what the agent gave is left there for the server outside. */
const share = process.env['VIGIE_SHARE'] ?? '.'
const pollMs = 50

/** The shipped agent at work; leaving its `await using` stops it. */
export interface RunningAgent extends AsyncDisposable {
  /** The first item that fits, once it has come. */
  waitFor<T extends Item>(what: string, fits: (item: Item) => item is T): Promise<T>
}

/** Starts `vigie agent` with the sink that prints, under a host name of its own; its items also go to a file. */
export function startAgent(dockerHost: string, hostname: string): RunningAgent {
  const child = spawn(process.execPath, ['dist/agent/main.js', 'agent'], {
    env: {
      ...process.env,
      DOCKER_HOST: dockerHost,
      DD_HOSTNAME: hostname,
      DD_API_KEY: '0'.repeat(32),
      VIGIE_SINKS_CONSOLE_ENABLED: 'true',
      VIGIE_SINKS_SERVER_ENABLED: 'false',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const file = createWriteStream(join(share, `${hostname}.items`))
  child.stdout.pipe(file)
  const items: Item[] = []
  createInterface({ input: child.stdout }).on('line', (line) => items.push(JSON.parse(line)))
  return {
    async waitFor(what, fits) {
      for (let tries = 0; tries < 1200; tries += 1) {
        const found = items.find(fits)
        if (found !== undefined) return found
        await sleep(pollMs)
      }
      throw new Error(`Waited a minute in vain: ${what}; seen ${items.length} items`)
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
      if (!file.closed) await once(file, 'close')
    },
  }
}
