import type { ContainerTotals } from '../model/container-totals.ts'
import { judgeTime, type Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'

const maxReasonLength = 500

/**
 * Stores what runs of containers used. Runs that ended too long ago or in the future are dropped and counted; when they
 * started does not matter, since clocks are set back while containers run.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takeTotals(
  intake: Intake,
  totals: readonly ContainerTotals[],
): Promise<void> {
  const nowMs = intake.clock()
  const kept = { retentionMs: intake.totalsRetentionMs }
  const runs: ContainerTotals[] = []
  for (const one of totals) {
    const fault = judgeTime(one.finishedAtMs, kept, nowMs)
    if (fault === 'good') runs.push(normaliseTotals(one))
    else intake.counts.add(`totals_dropped.${fault}`, 1)
  }
  if (runs.length === 0) return
  intake.counts.add('totals', runs.length)
  await intake.store.write({ runs })
}

function normaliseTotals(totals: ContainerTotals): ContainerTotals {
  return {
    ...totals,
    host: normaliseHost(totals.host),
    tags: normaliseTags(totals.tags),
    reason: totals.reason.slice(0, maxReasonLength),
  }
}
