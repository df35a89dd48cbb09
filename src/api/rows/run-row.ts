import type { RunAnswer, RunFigures, RunsSums } from '../../query/runs.ts'
import type { RunAmounts, RunRow, RunSums } from '../contract/runs.ts'

/** A run as lists show it. */
export function toRunRow(run: RunAnswer): RunRow {
  return {
    containerId: run.container_id,
    host: run.host,
    name: run.name,
    image: run.image,
    shortImage: run.short_image,
    tags: run.tags,
    startedAt: run.started_ms,
    finishedAt: run.finished_ms,
    exitCode: run.exit_code,
    oomKilled: run.oom_killed,
    ...toAmounts(run),
    memoryPeakBytes: run.memory_peak_bytes,
    exact: run.exact,
    method: run.method,
    reason: run.reason,
  }
}

/** The sums of a list. */
export function toRunSums(sums: RunsSums): RunSums {
  return {
    runs: sums.runs,
    exact: sums.exact_runs,
    ...toAmounts(sums),
    memoryPeakBytes: sums.memory_peak_bytes,
  }
}

function toAmounts(figures: RunFigures): RunAmounts {
  return {
    cpuSeconds: figures.cpu_seconds,
    userSeconds: figures.user_seconds,
    systemSeconds: figures.system_seconds,
    throttledSeconds: figures.throttled_seconds,
    readBytes: figures.read_bytes,
    writtenBytes: figures.written_bytes,
    receivedBytes: figures.received_bytes,
    sentBytes: figures.sent_bytes,
  }
}
