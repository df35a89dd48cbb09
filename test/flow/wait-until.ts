import { setTimeout as sleep } from 'node:timers/promises'
import { patience } from '../patience.ts'

const pollMs = 25

/**
 * Asks again and again until there is an answer that is neither `undefined` nor `false`.
 * @returns That answer.
 * @throws {Error} When there is none within the time, times `VIGIE_TEST_PATIENCE`, with the last fault as its cause.
 */
export async function waitUntil<T>(
  what: string,
  withinMs: number,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const limitMs = withinMs * patience
  const giveUpAt = performance.now() + limitMs
  let cause: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
    } catch (error) {
      cause = error
    }
    if (performance.now() > giveUpAt) {
      throw new Error(`Waited ${limitMs} ms in vain: ${what}`, { cause })
    }
    await sleep(pollMs)
  }
}
