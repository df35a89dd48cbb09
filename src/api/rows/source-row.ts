import type { ProblemList as ReportedProblems, SourceReport } from '../../model/agent-report.ts'
import type { ProblemList, SourceRow, SourceState } from '../contract/agents.ts'

/** How a source does, without what it has done. */
export function toSourceState({ name, state, message, restarts }: SourceReport): SourceState {
  return { name, state, message, restarts }
}

/** How a source does, and what it has done, as far as its agent tells that. */
export function toSourceRow(source: SourceReport): SourceRow {
  const { work, lastRunAtMs = null } = source
  const row = { ...toSourceState(source), lastRunAt: lastRunAtMs }
  if (work === undefined) return row
  const warnings = toProblems(work.warnings)
  const errors = toProblems(work.errors)
  return { ...row, work: { ...work, warnings, errors } }
}

function toProblems({ count, newest }: ReportedProblems): ProblemList {
  return {
    count,
    newest: newest.map((problem) => ({
      message: problem.message,
      count: problem.count,
      lastAt: problem.lastAtMs,
    })),
  }
}
