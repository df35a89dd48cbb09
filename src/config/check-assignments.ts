import { isDeepStrictEqual } from 'node:util'
import type { z } from 'zod'
import type { Assignment, Assignments } from './assignment.ts'
import { describeSeen, describeSeenSecret } from './describe-seen.ts'
import type { Fault } from './fault.ts'
import type { Findings } from './findings.ts'
import { maskUrl } from './mask-secret.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'
import { findAllowedAt, isSecretAt } from './schema/look-inside.ts'
import type { SchemaListing, Setting } from './schema/list-settings.ts'
import type { FilePath } from './yaml-file.ts'

type Issue = z.core.$ZodIssue

/** What the values are checked with. */
export interface Checks {
  readonly schema: z.ZodType<ParsedConfiguration>
  readonly listing: SchemaListing
  /** Where something inside a value stands, for a value that came from the file. */
  readonly placeInFile: (path: FilePath) => string
  /** What counts in place of a value that is dropped. */
  readonly below: Assignments
}

/** Values that fit the schema: what it made of them, and those that counted. */
export interface CheckedAssignments {
  readonly parsed: ParsedConfiguration
  readonly assignments: Assignments
}

/**
 * Puts the values under the schema. Every one that does not fit becomes a fault, except one under an old name of
 * Agent 5, or of a variable that is meant for many programs, which is dropped with a warning. `undefined` when there are
 * faults.
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
  const dropped = problems.filter(({ isPlain }) => isPlain)
  for (const { fault, setting } of dropped) {
    if (setting === undefined) continue
    const below = checks.below.get(setting.key)
    if (below === undefined) kept.delete(setting.key)
    else kept.set(setting.key, below)
    findings.warnings.push(`${fault.place} is ignored: ${fault.message}`)
  }
  if (dropped.length > 0) return checkAssignments(kept, checks, findings)
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
  /** Whether the name is so plain that the value may not have been meant for us. */
  readonly isPlain: boolean
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
      message: describeIssue(issue, setting, {
        value: valueAt(assignment, inside),
        path: inside,
        isSecret: assignment?.isSecret === true,
      }),
    },
    setting,
    isPlain:
      setting !== undefined && (assignment?.origin === 'legacy' || assignment?.origin === 'shared'),
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
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${maskUrl(step)}`))
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

interface SeenValue {
  readonly value: unknown
  /** Where inside the setting. */
  readonly path: FilePath
  /** Whether it was kept elsewhere, as a secret. */
  readonly isSecret: boolean
}

/** A check over a whole component has its own sentence; everything else is a value and what is allowed in its place. */
function describeIssue(issue: Issue, setting: Setting | undefined, seen: SeenValue): string {
  if (setting === undefined) return issue.message
  const isHidden = seen.isSecret || isSecretAt(setting.node, seen.path, seen.value)
  const describe = isHidden ? describeSeenSecret : describeSeen
  if (issue.code === 'custom' && typeof issue.params?.['allowed'] === 'string') {
    return `saw ${describe(issue.params['seen'])}; allowed: ${issue.params['allowed']}`
  }
  const isExplained = issue.code === 'custom' && issue.message !== 'Invalid input' && !isHidden
  const inWords = findAllowedAt(setting.node, seen.path)
  const allowed = inWords ?? (isExplained ? issue.message : setting.allowed)
  return `saw ${describe(seen.value)}; allowed: ${allowed}`
}
