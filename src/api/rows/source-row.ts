import type { ProblemList as ReportedProblems, SourceReport } from '../../model/agent-report.ts'
import type { AgentRow, ProblemList } from '../contract/agents.ts'

type SourceRow = AgentRow['sources'][number]

/** How a source does, without what it has done. */
export function toSourceRow({
  name,
  state,
  message,
  restarts,
  lastRunAtMs,
}: SourceReport): SourceRow {
  return { name, state, message, restarts, lastRunAt: lastRunAtMs ?? null }
}

/** How a source does, and what it has done, if its agent tells that. */
export function toFullSourceRow(source: SourceReport): SourceRow {
  const { work } = source
  if (work === undefined) return toSourceRow(source)
  const warnings = toProblems(work.warnings)
  const errors = toProblems(work.errors)
  return { ...toSourceRow(source), work: { ...work, warnings, errors } }
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
