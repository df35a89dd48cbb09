import type { LogBlock, LogOrigin } from '../model/log-block.ts'
import { dropLines } from './drop-lines.ts'
import { futureMs, type Intake } from './intake.ts'
import { normaliseHost, normaliseTags } from './normalise.ts'

/**
 * Stores lines. Those older than lines are kept are dropped and counted; those more than ten minutes ahead get the time of
 * now, and are counted: a line is worth more than what a wrong clock says of it.
 * @returns How many were dropped.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function takeLogs(intake: Intake, given: LogBlock): Promise<number> {
  const block = keepTimely(intake, given)
  const dropped = given.lineCount - block.lineCount
  if (block.lineCount === 0) return dropped
  await intake.store.write({ logs: [{ ...block, runs: normaliseRuns(block) }] })
  intake.counts.add('log_lines', block.lineCount)
  return dropped
}

function keepTimely(intake: Intake, block: LogBlock): LogBlock {
  const nowMs = intake.clock()
  const { timesNs } = block
  const oldestNs = toNanos(nowMs - intake.logsRetentionMs)
  const newestNs = toNanos(nowMs + futureMs)
  const nowNs = toNanos(nowMs)
  let oldCount = 0
  let futureCount = 0
  for (let line = 0; line < timesNs.length; line += 1) {
    const timeNs = timesNs[line] ?? 0n
    if (timeNs < oldestNs) oldCount += 1
    else if (timeNs > newestNs) {
      timesNs[line] = nowNs
      futureCount += 1
    }
  }
  intake.counts.add('log_lines_dropped.old', oldCount)
  intake.counts.add('log_lines_retimed.future', futureCount)
  return oldCount === 0 ? block : dropLines(block, oldestNs)
}

function toNanos(ms: number): bigint {
  return BigInt(Math.trunc(ms)) * 1_000_000n
}

function normaliseRuns({ runs }: LogBlock): LogBlock['runs'] {
  const known = new Map<LogOrigin, LogOrigin>()
  const normalise = (origin: LogOrigin): LogOrigin => {
    const host = normaliseHost(origin.host)
    const normal = { ...origin, host, tags: normaliseTags(origin.tags) }
    known.set(origin, normal)
    return normal
  }
  return runs.map((run) => ({ ...run, origin: known.get(run.origin) ?? normalise(run.origin) }))
}
