import type { Log } from '../telemetry/log.ts'
import type { StoreEngine } from './engine.ts'
import { LogBudget } from './log-budget.ts'
import { LogMerges } from './log-merges.ts'

export interface LogKeeperOptions {
  readonly engine: StoreEngine
  /** Bytes of messages that are kept of one container. */
  readonly budgetBytes: number
  /** Bytes of messages that were written since the start. */
  readonly writtenBytes: () => number
  readonly log: Log | undefined
}

/** Looks after the tables of logs while the store is open. */
export interface LogKeeper {
  /** Resolves once nothing of it runs any more. */
  readonly close: () => Promise<void>
}

const mergesEveryMs = 5000
const budgetEveryMs = 120_000

/** Bounds merges now, and from then on merges and budgets at intervals. */
export async function openLogKeeper(options: LogKeeperOptions): Promise<LogKeeper> {
  const { engine, budgetBytes, writtenBytes, log } = options
  const merges = new LogMerges({ client: engine.write, writtenBytes })
  const budget = new LogBudget({ read: engine.read, write: engine.write, budgetBytes })
  await merges.look()
  const stopMerges = repeat(mergesEveryMs, () => merges.look(), log)
  const stopBudget = repeat(
    budgetEveryMs,
    async () => {
      for (const { owner, untilMs } of await budget.enforce()) {
        const until = new Date(untilMs).toISOString()
        log?.info(`removed log lines of ${owner} before ${until}: it has used up vigie.logs.budget`)
      }
    },
    log,
  )
  return {
    close: async () => {
      await Promise.all([stopMerges(), stopBudget()])
    },
  }
}

/** Runs `deed` again and again, never twice at a time; gives the way to stop that. A failed one is tried at the next time. */
function repeat(
  everyMs: number,
  deed: () => Promise<void>,
  log: Log | undefined,
): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= deed()
      .catch((error: unknown) => log?.warn(`cannot look after the logs: ${String(error)}`))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
