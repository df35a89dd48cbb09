import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { patience } from '../patience.ts'
import { requestEngine } from './request-engine.ts'

const script = fileURLToPath(new URL('keep-engine.sh', import.meta.url))
const startLimitMs = 60_000
const pollMs = 20

/** The process that holds a private engine's namespaces, and what it can be asked. */
export interface Keeper {
  /** Starts the daemon; resolves when it answers. */
  start(): Promise<void>
  /** Sends the daemon a signal that ends it; resolves when it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops or continues the daemon's process; resolves when the kernel has done so. */
  freeze(isFrozen: boolean): Promise<void>
  /** Takes the engine away with everything of it; resolves when nothing is left. */
  takeAway(): Promise<void>
}

/**
 * Starts a keeper for the engine in `root`, not yet its daemon. It outlives this process only to take the engine away.
 * @param root An empty folder, removed in the end.
 */
export function openKeeper(root: string, daemonOptions: readonly string[]): Keeper {
  const namespaces = ['--net', '--mount', '--propagation', 'slave']
  const keeper = spawn('unshare', [...namespaces, script, root, ...daemonOptions], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const keeperEnd = once(keeper, 'exit')
  const daemonEnds = createInterface({ input: keeper.stdout })
  // A test that fails before it takes its engine away still ends; the keeper then does the rest.
  keeper.unref()

  return {
    start: async () => {
      const ended = once(daemonEnds, 'line').then(([line]) => String(line))
      keeper.stdin.write('start\n')
      const isOver = Promise.race([ended, keeperEnd.then(() => 'its keeper ended')])
      const fault = await waitForAnswer(root, isOver)
      if (fault !== undefined) throw await startFault(root, fault)
    },
    end: async (signal) => {
      const ended = once(daemonEnds, 'line')
      process.kill(await readDaemonPid(root), signal)
      await ended
    },
    freeze: async (isFrozen) => {
      const pid = await readDaemonPid(root)
      process.kill(pid, isFrozen ? 'SIGSTOP' : 'SIGCONT')
      while (((await readProcessState(pid)) === 'T') !== isFrozen) await sleep(pollMs)
    },
    takeAway: async () => {
      keeper.ref()
      keeper.stdin.end()
      await keeperEnd
    },
  }
}

/** Resolves with nothing once the engine answers, or with what came in between. */
async function waitForAnswer(root: string, isOver: Promise<string>): Promise<string | undefined> {
  const dockerHost = `unix://${join(root, 'docker.sock')}`
  const limitMs = startLimitMs * patience
  const inTime = AbortSignal.timeout(limitMs)
  const late = once(inTime, 'abort').then(() => 'late')
  while (!inTime.aborted) {
    const answer = requestEngine(dockerHost, { method: 'GET', path: '/_ping' }).then(
      () => 'OK',
      () => undefined,
    )
    const seen = await Promise.race([answer, isOver, late])
    if (seen === 'OK') return undefined
    if (seen !== undefined && seen !== 'late') return seen
    await sleep(pollMs)
  }
  return `no answer within ${limitMs} ms`
}

async function startFault(root: string, seen: string): Promise<Error> {
  const log = await readFile(join(root, 'dockerd.log'), 'utf8').catch(() => '')
  return new Error(
    `Cannot start a private Docker Engine: ${seen}\n${log.split('\n').slice(-15).join('\n')}`,
  )
}

async function readDaemonPid(root: string): Promise<number> {
  return Number(await readFile(join(root, 'docker.pid'), 'utf8'))
}

/** The state letter of proc_pid_stat(5), the first field after the command in parentheses. */
async function readProcessState(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).at(0)
}
