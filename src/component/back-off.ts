/** Pause before try number `attempt` (from 1): doubles from `baseMs` up to `maxMs`, half of it by chance. */
export function backOffMs(
  attempt: number,
  { baseMs, maxMs }: { baseMs: number; maxMs: number },
): number {
  const fullMs = Math.min(maxMs, baseMs * 2 ** (attempt - 1))
  return fullMs / 2 + (Math.random() * fullMs) / 2
}
