import type { Log } from '../telemetry/log.ts'
import type { StoreEngine } from './engine.ts'
import { LogBudget } from './log-budget.ts'
import { LogMerges } from './log-merges.ts'
import { repeat } from './repeat.ts'
import type { Leadership } from './remote/leadership.ts'

export interface LogKeeperOptions {
  readonly engine: StoreEngine
  /** Budgets are for one of the servers to look after. */
  readonly leadership: Pick<Leadership, 'isLeader'>
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

/** Bounds merges now, and from then on merges and budgets at intervals. Merges of a ClickHouse elsewhere are its own affair. */
export async function openLogKeeper(options: LogKeeperOptions): Promise<LogKeeper> {
  const { engine, leadership, budgetBytes, writtenBytes, log } = options
  const budget = new LogBudget({ read: engine.read, write: engine.write, budgetBytes })
  const stopMerges = engine.isShared
    ? undefined
    : await boundMerges(new LogMerges({ client: engine.write, writtenBytes }), log)
  const stopBudget = repeat(
    budgetEveryMs,
    async () => {
      if (!leadership.isLeader()) return
      for (const { owner, untilMs } of await budget.enforce()) {
        const until = new Date(untilMs).toISOString()
        log?.info(`removed log lines of ${owner} before ${until}: it has used up vigie.logs.budget`)
      }
    },
    warn(log),
  )
  return {
    close: async () => {
      await Promise.all([stopMerges?.(), stopBudget()])
    },
  }
}

async function boundMerges(merges: LogMerges, log: Log | undefined): Promise<() => Promise<void>> {
  await merges.look()
  return repeat(mergesEveryMs, () => merges.look(), warn(log))
}

function warn(log: Log | undefined): (error: unknown) => void {
  return (error) => log?.warn(`cannot look after the logs: ${String(error)}`)
}
