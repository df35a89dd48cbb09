import type { LogLedger } from '../model/log-ledger.ts'
import type { Intake } from './intake.ts'
import { normaliseHost } from './normalise.ts'

/**
 * Stores what became of log lines. A time ahead of our clock would make all later ledgers look old.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takeLedgers(intake: Intake, ledgers: readonly LogLedger[]): Promise<void> {
  if (ledgers.length === 0) return
  const nowMs = intake.clock()
  await intake.store.write({
    ledgers: ledgers.map((ledger) => ({
      ...ledger,
      host: normaliseHost(ledger.host),
      timeMs: Math.min(ledger.timeMs, nowMs),
    })),
  })
  intake.counts.add('log_ledgers', ledgers.length)
}
