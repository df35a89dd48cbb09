import { isRunning, type LiveRow } from '../../terminal/live/live-row.ts'

/** A container that is printed, and the name or id that asked for it. */
export interface ChosenRow {
  readonly row: LiveRow
  readonly askedAs?: string
}

/** No container, or several, go by a name or id. */
class UnknownContainerError extends Error {
  override readonly name = 'UnknownContainerError'
  readonly code = 'UNKNOWN_CONTAINER'
}

/**
 * The containers that were asked for, by name, id or its beginning, in that order; when none were, those that run, or
 * all, by name.
 * @throws {UnknownContainerError} For a name that no container has, or the beginning of several ids.
 */
export function chooseRows(
  rows: Iterable<LiveRow>,
  names: readonly string[],
  isAll: boolean,
): readonly ChosenRow[] {
  const known = [...rows].filter(({ removedAtMs }) => removedAtMs === undefined)
  if (names.length > 0) return names.flatMap((name) => findRows(known, name))
  return known
    .filter((row) => isAll || isRunning(row))
    .toSorted((a, b) => compareNames(a, b))
    .map((row) => ({ row }))
}

/** One name may be in use on several hosts. */
function findRows(rows: readonly LiveRow[], name: string): readonly ChosenRow[] {
  const named = rows.filter(({ container }) => container.name === name || container.id === name)
  if (named.length > 0) return named.map((row) => ({ row, askedAs: name }))
  const begun = rows.filter(({ container }) => container.id.startsWith(name))
  const [row] = begun
  if (row !== undefined && begun.length === 1) return [{ row, askedAs: name }]
  const seen = begun.length === 0 ? 'no container has it as name or id' : 'several ids begin so'
  throw new UnknownContainerError(
    `Cannot find the container "${name}": ${seen}; "vigie stats --all" lists them`,
  )
}

function compareNames({ container: a }: LiveRow, { container: b }: LiveRow): number {
  return a.name.localeCompare(b.name) || a.id.localeCompare(b.id)
}
