import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceContext } from '../../component/source.ts'
import type { EngineError } from '../../docker/engine-error.ts'
import type { EngineListener } from '../../docker/follow-engine.ts'
import type { EngineContainer } from '../../docker/parse-inspect.ts'
import type { Inventory } from '../../model/container.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { ContainerTable } from './container-table.ts'
import type { EngineNews } from './events/engine-news.ts'
import type { BoardPublisher } from './identity/board-publisher.ts'
import type { TagPublisher } from './identity/tag-publisher.ts'

/** The service check is sent when its status changes, and again after this long. */
const checkEveryMs = 15_000

export interface EngineWatchParts {
  readonly table: ContainerTable
  readonly news: EngineNews
  readonly tags: TagPublisher
  readonly board: BoardPublisher
  /** The engine's, as people write it. */
  readonly address: string
  readonly context: SourceContext
  /** Told of each container as the engine describes it, before anybody else. */
  readonly onDescribed: (container: EngineContainer) => void
}

/** Hands what the engine says to whom it concerns, and knows whether the engine answers. */
export class EngineWatch {
  readonly listener: EngineListener
  readonly #parts: EngineWatchParts
  /** Containers that the engine has but cannot describe, with the reason. */
  readonly #unreadable = new Map<string, string>()
  #fault: EngineError | undefined
  #hasList = false
  #nextCheckAtMs = 0
  #wake: () => void = () => {}
  #change: Promise<void>

  constructor(parts: EngineWatchParts) {
    this.#parts = parts
    this.#change = this.#newChange()
    this.listener = this.#createListener()
    parts.context.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  /** Whether the engine has told its containers at least once. */
  get hasList(): boolean {
    return this.#hasList
  }

  /** One sentence for each thing that the engine does not give, with what to do; empty when all is well. */
  faults(): readonly string[] {
    if (this.#fault) return [this.#fault.message]
    return [...this.#unreadable.values()].slice(0, 1)
  }

  /** Takes that a container is to be told of again. */
  noteChange(): void {
    this.#wake()
  }

  fullInventory(timeMs: number): Inventory {
    const { table } = this.#parts
    return this.#inventory(timeMs, { isFull: true, containers: table.all(), removedIds: [] })
  }

  /** Resolves once something has changed and `gatherMs` have passed, or when the source is to stop. */
  async nextChange(gatherMs: number): Promise<void> {
    await this.#change
    const { signal } = this.#parts.context
    await sleep(gatherMs, undefined, { signal }).catch(() => {})
    this.#change = this.#newChange()
  }

  /** Hands on what has changed since the last call. */
  async tellChanges(): Promise<void> {
    const { table, context } = this.#parts
    const changes = table.takeChanges()
    if (changes.containers.length + changes.removedIds.length === 0) return
    await context.emit([this.#inventory(context.clock(), { isFull: false, ...changes })])
  }

  /** `docker.service_up`, when it is due. */
  takeCheck(timeMs: number): readonly ServiceCheck[] {
    const isKnown = this.#hasList || this.#fault !== undefined
    if (!isKnown || timeMs < this.#nextCheckAtMs) return []
    this.#nextCheckAtMs = timeMs + checkEveryMs
    return [
      {
        kind: 'service-check',
        name: 'docker.service_up',
        status: this.#fault ? 2 : 0,
        message: this.#fault?.message ?? '',
        timeMs,
        host: this.#parts.context.environment.hostname,
        tags: [],
      },
    ]
  }

  #inventory(
    timeMs: number,
    rest: Pick<Inventory, 'isFull' | 'containers' | 'removedIds'>,
  ): Inventory {
    const host = this.#parts.context.environment.hostname
    return { kind: 'inventory', host, timeMs, ...rest }
  }

  #newChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #createListener(): EngineListener {
    const { table, news, tags, board, onDescribed } = this.#parts
    return {
      onAll: (containers, unreadableIds) => {
        for (const container of containers) onDescribed(container)
        news.onAll(containers, unreadableIds)
        table.replaceAll(containers, unreadableIds)
        tags.replaceAll(containers, unreadableIds)
        board.replaceAll(containers, unreadableIds)
        this.#unreadable.clear()
        this.#hasList = true
        this.#wake()
      },
      onChanged: (container) => {
        onDescribed(container)
        news.onChanged(container)
        table.put(container)
        tags.put(container)
        board.put(container)
        this.#unreadable.delete(container.id)
        this.#wake()
      },
      onUnreadable: (id, error) => {
        const { log } = this.#parts.context.telemetry
        if (this.#unreadable.get(id) !== error.message) log.warn(error.message)
        this.#unreadable.set(id, error.message)
      },
      onRemoved: (id) => {
        news.onRemoved(id)
        table.remove(id)
        tags.remove(id)
        board.remove(id)
        this.#unreadable.delete(id)
        this.#wake()
      },
      onEvent: (event) => news.onEvent(event),
      onReachable: (version) => this.#reach(version),
      onUnreachable: (error) => this.#lose(error),
    }
  }

  #reach(version: string): void {
    const { address, context } = this.#parts
    if (this.#fault) context.telemetry.log.info(`The container engine at ${address} answers again`)
    this.#fault = undefined
    this.#nextCheckAtMs = 0
    context.telemetry.setEngine({ endpoint: address, isReachable: true, message: '', version })
  }

  #lose(error: EngineError): void {
    const { address: endpoint, context, news } = this.#parts
    const { message } = error
    if (this.#fault?.message !== message) context.telemetry.log.warn(message)
    if (!this.#fault) this.#nextCheckAtMs = 0
    this.#fault = error
    news.onUnreachable()
    context.telemetry.setEngine({ endpoint, isReachable: false, message })
  }
}
