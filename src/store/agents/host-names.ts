import { findLateComers, type NameClaim } from './name-claims.ts'

/** Who goes by one name. */
export interface NameHolders {
  /** Ids of agents, in the order in which they were first heard. */
  readonly ids: readonly string[]
  /** Those of them that came while another used the name, and goes on to. */
  readonly lateComers: readonly string[]
}

/** When a report was made, by the agent's clock, and when it came, by ours; Unix milliseconds. */
export interface ClaimTimes {
  readonly timeMs: number
  readonly nowMs: number
}

interface Claim extends NameClaim {
  lastAtMs: number
  heardAtMs: number
}

/** Who goes by which name at present, so that two machines with one name are told apart. */
export class HostNames {
  readonly #claims = new Map<string, Map<string, Claim>>()
  readonly #silentMs: number

  /** @param silentMs An agent that was silent for that long goes by no name. */
  constructor(silentMs: number) {
    this.#silentMs = silentMs
  }

  /** Takes note that an agent reported under a name. */
  claim(name: string, agentId: string, { timeMs, nowMs }: ClaimTimes): void {
    const claims = this.#claims.get(name) ?? new Map<string, Claim>()
    this.#claims.set(name, claims)
    this.#forgetSilent(claims, nowMs)
    const known = claims.get(agentId)
    if (known === undefined) {
      claims.set(agentId, { agentId, firstAtMs: timeMs, lastAtMs: timeMs, heardAtMs: nowMs })
      return
    }
    known.lastAtMs = Math.max(known.lastAtMs, timeMs)
    known.heardAtMs = nowMs
  }

  /** Who goes by a name. */
  holdersOf(name: string, nowMs: number): NameHolders {
    const claims = this.#claims.get(name)
    if (claims === undefined) return { ids: [], lateComers: [] }
    this.#forgetSilent(claims, nowMs)
    return { ids: [...claims.keys()], lateComers: findLateComers([...claims.values()]) }
  }

  /** Forgets names that no agent goes by. */
  sweep(nowMs: number): void {
    for (const [name, claims] of this.#claims) {
      this.#forgetSilent(claims, nowMs)
      if (claims.size === 0) this.#claims.delete(name)
    }
  }

  #forgetSilent(claims: Map<string, Claim>, nowMs: number): void {
    for (const [agentId, { heardAtMs }] of claims) {
      if (nowMs - heardAtMs > this.#silentMs) claims.delete(agentId)
    }
  }
}
