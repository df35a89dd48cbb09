import type { ProcessList } from '../model/process-list.ts'

/** Whoever looks asks again within this time. */
const wishKeptMs = 10_000
/** An older list says nothing of now. */
const listKeptMs = 15_000
/** So many containers of one host are looked at at a time; of more, those that were asked for last. */
const mostOfHost = 20

interface Wish {
  readonly host: string
  askedAtMs: number
  newest: ProcessList | undefined
}

/**
 * What runs in the containers that somebody looks at. Nothing is read for nobody: agents are told whom to look at in the
 * answers to their reports, and what they tell of others is let go.
 */
export class LiveProcesses {
  readonly #clock: () => number
  readonly #wishes = new Map<string, Wish>()

  constructor(clock: () => number) {
    this.#clock = clock
  }

  /** What the agent told last; undefined when it has not yet. From now on, for a while, it is asked to. */
  look(containerId: string, host: string): ProcessList | undefined {
    const nowMs = this.#clock()
    this.#sweep(nowMs)
    const wish = this.#wishes.get(containerId) ?? { host, askedAtMs: nowMs, newest: undefined }
    wish.askedAtMs = nowMs
    // The newest wish stands last.
    this.#wishes.delete(containerId)
    this.#wishes.set(containerId, wish)
    const { newest } = wish
    return newest !== undefined && nowMs - newest.timeMs <= listKeptMs ? newest : undefined
  }

  /** The containers of a host that somebody looks at. */
  watchedOn(host: string): readonly string[] {
    this.#sweep(this.#clock())
    const ids = [...this.#wishes].filter(([, wish]) => wish.host === host).map(([id]) => id)
    return ids.slice(-mostOfHost)
  }

  /** Takes in what an agent tells, of a container that it was asked for. */
  take(list: ProcessList): void {
    const wish = this.#wishes.get(list.containerId)
    if (wish?.host === list.host) wish.newest = list
  }

  #sweep(nowMs: number): void {
    for (const [id, { askedAtMs }] of this.#wishes)
      if (nowMs - askedAtMs > wishKeptMs) this.#wishes.delete(id)
  }
}
