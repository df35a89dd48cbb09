import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Assignment, Assignments } from './assignment.ts'
import { describeSeen, describeSeenSecret } from './describe-seen.ts'
import type { Fault } from './fault.ts'
import type { Findings } from './findings.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'
import type { SchemaListing, Setting } from './schema/list-settings.ts'
import type { FilePath } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** What the values are checked with. */
export interface Checks {
  readonly schema: z.ZodType<ParsedConfiguration>
  readonly listing: SchemaListing
  /** Where something inside a value stands, for a value that came from the file. */
  readonly placeInFile: (path: FilePath) => string
}

/** Values that fit the schema: what it made of them, and those that counted. */
export interface CheckedAssignments {
  readonly parsed: ParsedConfiguration
  readonly assignments: Assignments
}

/**
 * Puts the values under the schema. Every one that does not fit becomes a fault, except one under an old name of
 * Agent 5, which is dropped with a warning. `undefined` when there are faults.
 */
export function checkAssignments(
  assignments: Assignments,
  checks: Checks,
  findings: Findings,
): CheckedAssignments | undefined {
  const { data: parsed, error } = checks.schema.safeParse(nest(assignments, checks.listing))
  if (error === undefined) return { parsed, assignments }
  const problems = error.issues.map((issue) => toProblem(findDeepest(issue), assignments, checks))
  const kept = new Map(assignments)
  for (const { fault, setting, isLegacy } of problems) {
    if (!isLegacy || setting === undefined) continue
    kept.delete(setting.key)
    findings.warnings.push(`${fault.place} is ignored: ${fault.message}`)
  }
  if (kept.size < assignments.size) return checkAssignments(kept, checks, findings)
  for (const { fault } of problems) {
    // A value of the wrong type fails several checks in the same words.
    const isSaid = findings.faults.some((said) => isDeepStrictEqual(said, fault))
    if (!isSaid) findings.faults.push(fault)
  }
  return undefined
}

/** The values as the file would hold them, with every section that the schema wants. */
function nest(assignments: Assignments, { settings, sections }: SchemaListing): object {
  const top: Record<string, unknown> = {}
  const opened = new Map([['', top]])
  const open = (path: readonly string[]): Record<string, unknown> => {
    const known = opened.get(path.join('.'))
    if (known !== undefined) return known
    const section: Record<string, unknown> = {}
    opened.set(path.join('.'), section)
    open(path.slice(0, -1))[path.at(-1) ?? ''] = section
    return section
  }
  for (const { path, isRequired } of sections) if (isRequired) open(path)
  for (const { key, path } of settings) {
    const assignment = assignments.get(key)
    if (assignment !== undefined) open(path.slice(0, -1))[path.at(-1) ?? ''] = assignment.value
  }
  return top
}

interface Problem {
  readonly fault: Fault
  readonly setting: Setting | undefined
  readonly isLegacy: boolean
}

function toProblem(issue: Issue, assignments: Assignments, checks: Checks): Problem {
  const path = issue.path.filter((step) => typeof step !== 'symbol')
  const setting = checks.listing.settings.find(({ path: prefix }) => isPrefix(prefix, path))
  const assignment = setting && assignments.get(setting.key)
  const inside = path.slice(setting?.path.length)
  return {
    fault: {
      place: assignment ? findPlace(inside, assignment) : checks.placeInFile(path),
      key: writePath(path),
      message: describeIssue(issue, setting, valueAt(assignment, inside)),
    },
    setting,
    isLegacy: assignment?.origin === 'legacy',
  }
}

/** Of the ways in which a value fails a union, the one that got furthest into it tells most. */
function findDeepest(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue
  const inside = issue.errors.flat().filter(({ path }) => path.length > 0)
  const [deepest] = inside.toSorted((a, b) => b.path.length - a.path.length)
  if (deepest === undefined) return issue
  return findDeepest({ ...deepest, path: [...issue.path, ...deepest.path] })
}

function isPrefix(prefix: FilePath, path: FilePath): boolean {
  return prefix.every((step, at) => path[at] === step)
}

/** `vigie.sources.logs.rules[2].name` */
function writePath(path: FilePath): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .slice(1)
}

function findPlace(inside: FilePath, { place, placeOf }: Assignment): string {
  return placeOf === undefined ? place : placeOf(inside)
}

function valueAt(assignment: Assignment | undefined, path: FilePath): unknown {
  let value = assignment?.value
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === String(step))?.[1]
  }
  return value
}

/** A check over a whole component has its own sentence; everything else is a value and what is allowed in its place. */
function describeIssue(issue: Issue, setting: Setting | undefined, value: unknown): string {
  if (setting === undefined) return issue.message
  if (issue.code === 'custom' && typeof issue.params?.['allowed'] === 'string') {
    return `saw ${describeSeen(issue.params['seen'])}; allowed: ${issue.params['allowed']}`
  }
  const seen = setting.isSecret ? describeSeenSecret(value) : describeSeen(value)
  const isExplained = issue.code === 'custom' && issue.message !== 'Invalid input'
  const hasOwnText = typeof setting.node['allowed'] === 'string'
  return `saw ${seen}; allowed: ${isExplained && !hasOwnText ? issue.message : setting.allowed}`
}
