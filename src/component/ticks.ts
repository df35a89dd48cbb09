import { setTimeout as sleep } from 'node:timers/promises'

/**
 * The whole multiples of `intervalMs` on the clock, each yielded once it has come; those that passed while the reader
 * was busy are left out. A clock that is set back is followed: it costs at most one tick. Ends when `signal` aborts.
 */
export async function* ticks(
  intervalMs: number,
  { signal, clock }: { signal: AbortSignal; clock: () => number },
): AsyncGenerator<number, void, void> {
  let last = Math.floor(clock() / intervalMs) * intervalMs
  while (!signal.aborted) {
    const next = last + intervalMs
    const waitMs = next - clock()
    if (waitMs > intervalMs) {
      last = Math.floor(clock() / intervalMs) * intervalMs
      continue
    }
    if (waitMs > 0) {
      await sleep(waitMs, undefined, { signal }).catch(() => {})
      continue
    }
    last = Math.floor(clock() / intervalMs) * intervalMs
    yield last
  }
}
