/** Bins in the order of their keys, each key once. */
export interface TidyBins {
  readonly keys: Int16Array
  readonly counts: Uint32Array
}

const highestCount = 0xffff_ffff

/**
 * Copies bins into their order. Keys may come in any order and several times: Datadog's agents tell a bin that is too full
 * for one of their counters in several pieces. Bins without values are left out.
 */
export function tidyBins(keys: Int32Array, counts: Uint32Array): TidyBins {
  if (isTidy(keys, counts)) return { keys: Int16Array.from(keys), counts: counts.slice() }
  const byKey = new Map<number, number>()
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0
    const count = counts[at] ?? 0
    if (count > 0) byKey.set(key, Math.min((byKey.get(key) ?? 0) + count, highestCount))
  }
  const sorted = Int16Array.from(byKey.keys()).toSorted()
  return { keys: sorted, counts: Uint32Array.from(sorted, (key) => byKey.get(key) ?? 0) }
}

function isTidy(keys: Int32Array, counts: Uint32Array): boolean {
  let before = Number.NEGATIVE_INFINITY
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? 0
    if (key <= before || counts[at] === 0) return false
    before = key
  }
  return true
}
