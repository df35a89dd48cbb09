import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../component/back-off.ts'
import type { Log } from '../telemetry/log.ts'

const backOff = { baseMs: 1000, maxMs: 30_000 }
/**
 * How the agent's runtime is started, one option, which has room in the first line of a script. An agent for 100 containers
 * makes 1.5 MB of garbage a second. With 4 MB for what is new little of it is still in use when that is looked through, twice
 * in three seconds: of one core it takes 2.6 % and of memory 119 MB, with 2 MB 3.1 % and 116 MB, as V8 has it 2.8 % and 170 MB.
 */
export const agentRuntimeOption = '--max-semi-space-size=4'
/** What an agent may take beyond its own time to stop; then it is ended. */
const lateMs = 300

export interface AgentProcessOptions {
  /** This program's main file. */
  readonly mainFile: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
  /** What the agent may take to stop. */
  readonly stopMs: number
  readonly signal: AbortSignal
}

/**
 * Runs the agent as a process of its own beside the server, so that neither holds the other up; one that ends by itself
 * is started again after a growing pause. Resolves after `signal` has aborted and the agent has delivered what it had.
 */
export async function keepAgentProcess(options: AgentProcessOptions): Promise<void> {
  const { signal, log } = options
  for (let attempt = 1; !signal.aborted; attempt += 1) {
    const exitCode = await runOnce(options)
    if (signal.aborted) return
    const pauseMs = backOffMs(attempt, backOff)
    log.error(
      { exitCode, pauseMs: Math.round(pauseMs) },
      'The agent ended by itself; it is started again',
    )
    await sleep(pauseMs, undefined, { signal }).catch(() => {})
  }
}

/** The channel to the child tells it when this process is gone, even if it was killed. */
async function runOnce({
  mainFile,
  args,
  env,
  stopMs,
  signal,
}: AgentProcessOptions): Promise<number | null> {
  const child = fork(mainFile, ['agent', '--quiet-configuration', ...args], {
    // A process group of its own: Ctrl-C reaches this process alone, which then stops the agent first.
    detached: true,
    env,
    execArgv: [...process.execArgv, agentRuntimeOption],
  })
  const ended = once(child, 'exit')
  const stop = (): void => stopChild(child, stopMs + lateMs)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  await ended
  signal.removeEventListener('abort', stop)
  return child.exitCode
}

function stopChild(child: ChildProcess, withinMs: number): void {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), withinMs)
  child.once('exit', () => clearTimeout(timer))
}
