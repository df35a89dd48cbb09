/** Code points as pairs of the first and the last of each range, sorted, without overlaps. */
export type CharSet = readonly number[]

export const lastCodePoint = 0x10ffff

/** The set of all that is in one of the ranges, which may come in any order and overlap. */
export function unite(...sets: readonly CharSet[]): CharSet {
  const ranges = sets.flatMap(pairs).toSorted((a, b) => a[0] - b[0])
  const united: number[] = []
  for (const [first, last] of ranges) {
    const end = united.at(-1)
    if (end === undefined || first > end + 1) united.push(first, last)
    else if (last > end) united[united.length - 1] = last
  }
  return united
}

/** All code points that are not in it. */
export function invert(set: CharSet): CharSet {
  const inverted: number[] = []
  let from = 0
  for (const [first, last] of pairs(set)) {
    if (first > from) inverted.push(from, first - 1)
    from = last + 1
  }
  if (from <= lastCodePoint) inverted.push(from, lastCodePoint)
  return inverted
}

export function contains(set: CharSet, codePoint: number): boolean {
  return pairs(set).some(([first, last]) => first <= codePoint && codePoint <= last)
}

/** Ranges with more code points are not looked through for letters beyond ASCII. */
const mostFolded = 0x3000

/** With each letter the same letter in the other case; as Go does, `k` with the sign of Kelvin and `s` with the long s. */
export function foldCase(set: CharSet): CharSet {
  const others: number[] = []
  for (const [first, last] of pairs(set)) {
    const end = last - first > mostFolded ? Math.min(last, 0x7f) : last
    for (let codePoint = first; codePoint <= end; codePoint += 1)
      for (const other of otherCases(codePoint)) others.push(other, other)
  }
  return unite(set, others)
}

function otherCases(codePoint: number): readonly number[] {
  const letter = String.fromCodePoint(codePoint)
  const lower = letter.toLowerCase()
  const upper = letter.toUpperCase()
  const found = [lower, upper, lower.toUpperCase(), upper.toLowerCase()]
  if (lower === 'k') found.push('\u212A')
  if (lower === 's') found.push('\u017F')
  return found.filter((text) => /^.$/su.test(text)).map((text) => text.codePointAt(0) ?? codePoint)
}

const properties = new Map<string, CharSet>()

/**
 * What has a property of Unicode: a category (`L`, `Lu`) or a script (`Greek`); `undefined` when there is none of this name.
 * Takes some 50 ms for a name that is asked for the first time.
 */
export function unicodeSet(name: string): CharSet | undefined {
  const known = properties.get(name)
  if (known !== undefined || !/^\w+$/.test(name)) return known
  const pattern = propertyPattern(name)
  if (pattern === undefined) return undefined
  const set: number[] = []
  for (let codePoint = 0; codePoint <= lastCodePoint; codePoint += 1) {
    if (!pattern.test(String.fromCodePoint(codePoint))) continue
    if (set.at(-1) === codePoint - 1) set[set.length - 1] = codePoint
    else set.push(codePoint, codePoint)
  }
  properties.set(name, set)
  return set
}

function propertyPattern(name: string): RegExp | undefined {
  for (const key of ['General_Category', 'Script']) {
    try {
      return new RegExp(`^\\p{${key}=${name}}$`, 'u')
    } catch {
      // Not of this kind; the next may know it.
    }
  }
  return undefined
}

function pairs(set: CharSet): [number, number][] {
  const found: [number, number][] = []
  for (let i = 0; i + 1 < set.length; i += 2) found.push([set[i] ?? 0, set[i + 1] ?? 0])
  return found
}
