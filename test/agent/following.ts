import { parseEndpoint } from '../../src/docker/endpoint.ts'
import { createEngineClient } from '../../src/docker/engine-client.ts'
import type { EngineError } from '../../src/docker/engine-error.ts'
import {
  followEngine,
  type EngineListener,
  type FollowOptions,
} from '../../src/docker/follow-engine.ts'
import type { EngineContainer } from '../../src/docker/parse-inspect.ts'
import { within } from './environment.ts'
import type { ReplayEngine } from './replay-engine.ts'

/** What the listener was told, one word each: `all web,sick`, `event start`, `changed web running`, … */
export class Told {
  readonly words: string[] = []
  readonly errors: EngineError[] = []
  /** Each container each time it was told. */
  readonly containers: EngineContainer[] = []
  #waiting: (() => void)[] = []

  readonly listener: EngineListener = {
    onAll: (containers, unreadableIds) => {
      this.containers.push(...containers)
      const names = containers.map(({ name }) => name).toSorted()
      this.#note(`all ${[...names, ...unreadableIds.map((id) => `?${id.slice(0, 4)}`)].join(',')}`)
    },
    onChanged: (container) => {
      this.containers.push(container)
      this.#note(`changed ${container.name} ${container.state}`)
    },
    onRemoved: (id) => this.#note(`removed ${id.slice(0, 4)}`),
    onUnreadable: (id, error) => {
      this.errors.push(error)
      this.#note(`unreadable ${id.slice(0, 4)}`)
    },
    onEvent: ({ action, timeNanos }) => this.#note(`event ${action} ${timeNanos}`),
    onReachable: (version) => this.#note(`reachable ${version}`),
    onUnreachable: (error) => {
      this.errors.push(error)
      this.#note(`unreachable ${error.code}`)
    },
  }

  /**
   * Resolves once as many words begin with `beginning`.
   * @throws {Error} When nothing at all is told for five seconds.
   */
  async hears(beginning: string, count = 1): Promise<void> {
    while (this.heard(beginning).length < count) {
      const told = new Promise<void>((resolve) => {
        this.#waiting.push(resolve)
      })
      await within(5000, told)
    }
  }

  heard(beginning: string): readonly string[] {
    return this.words.filter((word) => word.startsWith(beginning))
  }

  #note(word: string): void {
    this.words.push(word)
    for (const wake of this.#waiting.splice(0)) wake()
  }
}

export interface Following extends AsyncDisposable {
  readonly told: Told
  readonly stop: () => Promise<void>
}

/** Follows with short pauses, and stops at the end of the test. */
export function follow(
  engine: ReplayEngine,
  {
    queryTimeoutMs = 2000,
    ...change
  }: Partial<FollowOptions> & { readonly queryTimeoutMs?: number } = {},
): Following {
  const endpoint = parseEndpoint(engine.dockerHost, { shouldVerify: false })
  const client = createEngineClient(endpoint, queryTimeoutMs)
  const stop = new AbortController()
  const told = new Told()
  const options = { signal: stop.signal, pingEveryMs: 20, retryMs: 20, ...change }
  const following = followEngine(client, told.listener, options)
  const end = async (): Promise<void> => {
    stop.abort()
    await within(1000, following)
    client.close()
  }
  return { told, stop: end, [Symbol.asyncDispose]: end }
}
