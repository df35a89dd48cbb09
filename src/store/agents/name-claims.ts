/** An agent that goes by a name, with the times that its own reports carry, Unix milliseconds. */
export interface NameClaim {
  readonly agentId: string
  /** Its first report under that name. */
  readonly firstAtMs: number
  /** Its newest. */
  readonly lastAtMs: number
}

/** An agent that is told to stop sends its last report within this time, when the one that replaces it may run already. */
const overlapMs = 3000

/**
 * Which of the agents that go by one name have come to a name in use: each that began while an agent from before it went
 * on reporting. An agent that took the place of another, on the same machine or in place of a pod, has not: the one before
 * it has nothing to say any more.
 * @param claims In the order in which the agents were first heard.
 * @returns Their ids, in the same order; empty when the name is nobody's but one's.
 */
export function findLateComers(claims: readonly NameClaim[]): readonly string[] {
  let newestBeforeMs = Number.NEGATIVE_INFINITY
  const lateComers: string[] = []
  for (const { agentId, firstAtMs, lastAtMs } of claims) {
    if (newestBeforeMs > firstAtMs + overlapMs) lateComers.push(agentId)
    newestBeforeMs = Math.max(newestBeforeMs, lastAtMs)
  }
  return lateComers
}
