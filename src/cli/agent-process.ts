import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { backOffMs } from '../component/back-off.ts'
import type { Log } from '../telemetry/log.ts'

const backOff = { baseMs: 1000, maxMs: 30_000 }
/**
 * How the agent's runtime is started: it makes little garbage at a time, and the space that V8 would take for more is a
 * tenth of its memory.
 */
export const agentRuntimeOptions: readonly string[] = ['--max-semi-space-size=2']
/** What an agent may take to stop: its own time to drain and a little more. */
const stopWithinMs = 2300

export interface AgentProcessOptions {
  /** This program's main file. */
  readonly mainFile: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly log: Log
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
  signal,
}: AgentProcessOptions): Promise<number | null> {
  const child = fork(mainFile, ['agent', '--quiet-configuration', ...args], {
    // A process group of its own: Ctrl-C reaches this process alone, which then stops the agent first.
    detached: true,
    env,
    execArgv: [...process.execArgv, ...agentRuntimeOptions],
  })
  const ended = once(child, 'exit')
  const stop = (): void => stopChild(child)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  await ended
  signal.removeEventListener('abort', stop)
  return child.exitCode
}

function stopChild(child: ChildProcess): void {
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopWithinMs)
  child.once('exit', () => clearTimeout(timer))
}
