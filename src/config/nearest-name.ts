/**
 * The one of `names` that `name` is most likely meant to be: the right word in the wrong place (`listen` for `vigie.listen`),
 * or the fewest letters added, lost, changed or swapped. `undefined` when all are too far.
 */
export function findNearestName(name: string, names: Iterable<string>): string | undefined {
  let nearest: string | undefined
  let least = mostEdits(name) + 1
  for (const candidate of names) {
    const distance = distanceBetween(name.toLowerCase(), candidate.toLowerCase(), least)
    if (distance >= least) continue
    nearest = candidate
    least = distance
  }
  return nearest
}

function distanceBetween(name: string, candidate: string, limit: number): number {
  const isMisplaced = name.includes('.') !== candidate.includes('.')
  const misplaced = isMisplaced ? 1 + countEdits(lastWord(name), lastWord(candidate)) : limit
  const isOtherWord = misplaced > 1 + mostEdits(lastWord(name))
  const isFar = Math.abs(name.length - candidate.length) >= limit
  return Math.min(isOtherWord ? limit : misplaced, isFar ? limit : countEdits(name, candidate))
}

/** How far a slip of the pen may be from what was meant. */
function mostEdits(name: string): number {
  return Math.max(1, Math.ceil(name.length / 4))
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** Optimal string alignment distance: row by row, each cell the cheapest way from one beginning to the other. */
function countEdits(from: string, to: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const isSame = from[row - 1] === to[column - 1]
      const isSwapped =
        row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(beforeLast, column - 2) + 1 : Infinity,
      )
    }
    beforeLast = last
    last = current
  }
  return at(last, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}
