import type { Reading } from './reading.ts'

/** Memory that cannot be freed at once. */
export function workingSet({ sample }: Reading): number | undefined {
  const { memoryUsageBytes: usage, memoryInactiveFileBytes: inactive } = sample
  return usage === undefined || inactive === undefined ? undefined : Math.max(0, usage - inactive)
}

/** Share of the limit that anonymous memory takes, 0 to 1. */
export function memoryInUse({ sample, limits }: Reading): number | undefined {
  return ratio(sample.memoryAnonBytes, limits.memoryBytes)
}

/** Share of the limit of memory and swap that anonymous memory and swap take, 0 to 1. */
export function swapInUse({ sample, limits }: Reading): number | undefined {
  const { memoryAnonBytes: anon, memorySwapBytes: swap } = sample
  if (anon === undefined || swap === undefined) return undefined
  return ratio(anon + swap, limits.memoryAndSwapBytes)
}

function ratio(part: number | undefined, whole: number | undefined): number | undefined {
  return part === undefined || whole === undefined || whole <= 0 ? undefined : part / whole
}
