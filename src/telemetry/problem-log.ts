import type { Problem, ProblemList } from '../model/agent-report.ts'
import { toSafeMessage } from './safe-message.ts'

/** As many different sentences are kept. */
const maxKept = 5

interface Kept {
  /** As it was told, to know it again without masking it anew. */
  readonly told: string
  readonly message: string
  count: number
  lastAtMs: number
}

/** Counts what goes wrong and keeps the sentences heard last, masked, each once. */
export class ProblemLog {
  #count = 0
  /** The newest last. */
  #kept: Kept[] = []

  add(told: string, atMs: number): void {
    this.#count += 1
    const newest = this.#kept.at(-1)
    if (newest?.told === told) {
      newest.count += 1
      newest.lastAtMs = atMs
      return
    }
    const known = this.#kept.find((kept) => kept.told === told)
    const others = this.#kept.filter((kept) => kept !== known)
    const count = (known?.count ?? 0) + 1
    const message = known?.message ?? toSafeMessage(told)
    this.#kept = [...others, { told, message, count, lastAtMs: atMs }].slice(-maxKept)
  }

  report(): ProblemList {
    const newest = this.#kept.map(({ message, count, lastAtMs }): Problem => ({
      message,
      count,
      lastAtMs,
    }))
    return { count: this.#count, newest: newest.toReversed() }
  }
}
