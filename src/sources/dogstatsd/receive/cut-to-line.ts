const newline = 10

/**
 * Where the last whole line of a packet ends that the kernel has cut: what is left of the line behind it might be another
 * metric, or have other tags. `from` when there is none.
 */
export function cutToLine(memory: Uint8Array, from: number, to: number): number {
  return Math.max(from, memory.lastIndexOf(newline, to - 1) + 1)
}
