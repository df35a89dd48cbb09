import type { FromWorker } from '../worker-messages.ts'
import type { ContextMaker } from './context-maker.ts'
import type { OriginTable } from './origin-table.ts'

/** What is to be told, in its order: contexts and origins always before what refers to them. */
export class Outbox {
  readonly #maker: ContextMaker
  readonly #origins: OriginTable
  #messages: FromWorker[] = []

  constructor(maker: ContextMaker, origins: OriginTable) {
    this.#maker = maker
    this.#origins = origins
  }

  push(message: FromWorker): void {
    this.#announce()
    this.#messages.push(message)
  }

  /** Everything since this was asked last. */
  take(): readonly FromWorker[] {
    this.#announce()
    if (this.#messages.length === 0) return this.#messages
    const taken = this.#messages
    this.#messages = []
    return taken
  }

  get isEmpty(): boolean {
    this.#announce()
    return this.#messages.length === 0
  }

  #announce(): void {
    const origins = this.#origins.takeNew()
    if (origins.length > 0) this.#messages.push({ kind: 'origins', origins })
    const contexts = this.#maker.takeNew()
    if (contexts.length > 0) this.#messages.push({ kind: 'contexts', contexts })
  }
}
