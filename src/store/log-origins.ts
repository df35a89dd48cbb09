import { hash } from 'node:crypto'
import type { LogOrigin } from '../model/log-block.ts'

/** Where lines come from, as the store knows it: for every server the same id. */
export interface StoredOrigin {
  readonly id: bigint
  readonly origin: LogOrigin
}

/** Origins that are remembered; beyond, all are forgotten and written once more. */
const maxKept = 20_000
/** An origin in use is written again after this time, so that it does not end before its lines. */
const againMs = 24 * 3_600_000

/** Gives origins their ids, and remembers which of them the engine has. */
export class LogOrigins {
  readonly #byObject = new WeakMap<LogOrigin, StoredOrigin>()
  readonly #byText = new Map<string, StoredOrigin>()
  readonly #writtenAtMs = new WeakMap<StoredOrigin, number>()

  /** One object for all that say the same. */
  resolve(origin: LogOrigin): StoredOrigin {
    const known = this.#byObject.get(origin)
    if (known !== undefined) return known
    const text = identityText(origin)
    const stored = this.#byText.get(text) ?? this.#add(text, origin)
    this.#byObject.set(origin, stored)
    return stored
  }

  /** Whether it has to be written before lines that refer to it. */
  isDue(stored: StoredOrigin, nowMs: number): boolean {
    const writtenAtMs = this.#writtenAtMs.get(stored)
    return writtenAtMs === undefined || writtenAtMs < nowMs - againMs
  }

  markWritten(stored: StoredOrigin, nowMs: number): void {
    this.#writtenAtMs.set(stored, nowMs)
  }

  #add(text: string, origin: LogOrigin): StoredOrigin {
    if (this.#byText.size >= maxKept) this.#byText.clear()
    const stored = { id: hash('sha256', text, 'buffer').readBigUInt64BE(0), origin }
    this.#byText.set(text, stored)
    return stored
  }
}

function identityText(origin: LogOrigin): string {
  const { host, containerId, containerName, image, service, source, tags } = origin
  const sorted = [...new Set(tags)].toSorted()
  return JSON.stringify([host, containerId, containerName, image, service, source, sorted])
}
