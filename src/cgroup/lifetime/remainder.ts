import type { Bounds } from './split-unknown.ts'

/** A child of the cgroup whose remainder is kept. */
export interface Child {
  /** CPU time it has used up to now; `undefined` once it is gone and its total not known. */
  readonly readCpuNanos: () => number | undefined
}

/** One reading of the remainder, or the children that were found gone, so that it cannot be told. */
export type RemainderReading =
  | { readonly kind: 'bounds'; readonly bounds: Bounds }
  | { readonly kind: 'gone'; readonly children: readonly Child[] }
  | { readonly kind: 'unreadable' }

/** Counters of v2 are cut to microseconds. */
const roundingNanos = 1000

/**
 * What a cgroup has used beyond its living children: that of its dead ones. The children go on while they are added up, so
 * it is known between two bounds: they are read once before and once after their parent.
 * @param children The busiest last: these are read right before and right after their parent.
 */
export function readRemainder(parent: Child, children: readonly Child[]): RemainderReading {
  const gone: Child[] = []
  const addUp = (inOrder: readonly Child[]): number => {
    let sum = 0
    for (const child of inOrder) {
      const nanos = child.readCpuNanos()
      if (nanos === undefined) gone.push(child)
      else sum += nanos
    }
    return sum
  }
  const before = addUp(children)
  if (gone.length > 0) return { kind: 'gone', children: gone }
  const all = parent.readCpuNanos()
  if (all === undefined) return { kind: 'unreadable' }
  const after = addUp(children.toReversed())
  if (gone.length > 0) return { kind: 'gone', children: gone }
  const rounding = (children.length + 1) * roundingNanos
  return { kind: 'bounds', bounds: { low: all - after - rounding, high: all - before + rounding } }
}
