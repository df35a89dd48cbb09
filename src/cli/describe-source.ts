import type { AgentRow, ItemCounts, ProblemList, SourceWork } from '../api/contract/agents.ts'
import { formatAge } from './format-age.ts'

type SourceRow = AgentRow['sources'][number]

const nameWidth = 18
const figureWidth = 14

const countNames = [
  ['samples', 'points'],
  ['distributions', 'sketches'],
  ['events', 'events'],
  ['service checks', 'serviceChecks'],
  ['ended containers', 'containerTotals'],
] as const satisfies readonly (readonly [string, keyof ItemCounts])[]

/** How a source does and what it has done, as lines without their ends; ages are counted from `nowMs`. */
export function describeSource(source: SourceRow, nowMs: number): readonly string[] {
  const { name, state, message, restarts, work } = source
  const restarted = restarts > 0 ? `, started again ${countTimes(restarts)}` : ''
  return [
    `${name}: ${state}${restarted}`,
    ...(message === '' ? [] : [`  ${message}`]),
    ...(work?.notes ?? []).map((note) => `  ${note}`),
    ...describeRuns(source, nowMs),
    ...(work === undefined ? [] : describeWork(work, nowMs)),
  ]
}

function describeRuns({ lastRunAt, work }: SourceRow, nowMs: number): readonly string[] {
  const last =
    lastRunAt === null ? 'never' : `${formatTime(lastRunAt)}, ${formatAge(nowMs - lastRunAt)} ago`
  const lines = [`  ${'last run'.padEnd(nameWidth)}${last}`]
  if (work === undefined) return lines
  const took = `took ${formatMs(work.lastRunMs)}, on average ${formatMs(work.averageRunMs)}`
  return [...lines, `  ${'runs'.padEnd(nameWidth)}${formatCount(work.runs)}; the last ${took}`]
}

function describeWork(work: SourceWork, nowMs: number): readonly string[] {
  const { lastRun, total } = work
  return [
    `  ${' '.repeat(nameWidth)}${'last run'.padStart(figureWidth)}${'total'.padStart(figureWidth)}`,
    ...countNames
      .filter(([, key]) => key === 'points' || total[key] > 0)
      .map(([name, key]) => {
        const figures = [lastRun[key], total[key]].map((n) => formatCount(n).padStart(figureWidth))
        return `  ${name.padEnd(nameWidth)}${figures.join('')}`
      }),
    ...describeProblems('warnings', work.warnings, nowMs),
    ...describeProblems('errors', work.errors, nowMs),
  ]
}

function describeProblems(name: string, problems: ProblemList, nowMs: number): readonly string[] {
  return [
    `  ${name.padEnd(nameWidth)}${problems.count === 0 ? 'none' : formatCount(problems.count)}`,
    ...problems.newest.map(
      ({ message, count, lastAt }) =>
        `    ${countTimes(count)}, last ${formatAge(nowMs - lastAt)} ago: ${message}`,
    ),
  ]
}

function countTimes(count: number): string {
  return count === 1 ? 'once' : `${formatCount(count)} times`
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

function formatMs(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`
}

function formatTime(timeMs: number): string {
  return `${new Date(timeMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
