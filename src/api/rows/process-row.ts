import type { ProcessFacts, ProcessList as ToldProcesses } from '../../model/process-list.ts'
import type { ProcessList, ProcessRow } from '../contract/processes.ts'

/** What runs in a container as a page shows it; nothing yet where nothing was told. */
export function toProcessList(told: ToldProcesses | undefined): ProcessList {
  if (told === undefined) return { readAtMs: null, count: 0, processes: [] }
  const { timeMs, count, processes } = told
  return { readAtMs: timeMs, count, processes: processes.map(toProcessRow) }
}

function toProcessRow(process: ProcessFacts): ProcessRow {
  const { pid, parentPid, uid, command, state, threads, startedAtMs, cpuRatio, rssBytes } = process
  return {
    pid,
    parentPid,
    command,
    state,
    uid: uid ?? null,
    threads: threads ?? null,
    startedAtMs: startedAtMs ?? null,
    cpu: cpuRatio === undefined ? null : Math.round(cpuRatio * 1000) / 10,
    memoryRssBytes: rssBytes ?? null,
  }
}
