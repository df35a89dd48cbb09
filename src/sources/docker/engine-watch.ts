import { setTimeout as sleep } from 'node:timers/promises'
import type { SourceContext } from '../../component/source.ts'
import type { EngineError } from '../../docker/engine-error.ts'
import type { EngineListener } from '../../docker/follow-engine.ts'
import type { EngineEvent } from '../../docker/parse-event.ts'
import type { SourceReport } from '../../model/agent-report.ts'
import type { Inventory } from '../../model/container.ts'
import type { Item } from '../../model/item.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import { bundleEvents, maxBundledEvents } from './bundle-events.ts'
import type { ContainerTable } from './container-table.ts'

/** The service check is sent when its status changes, and again after this long. */
const checkEveryMs = 15_000

/** What the engine has said since the last run: keeps the table current and holds what is to be told on. */
export class EngineWatch {
  readonly listener: EngineListener
  readonly #table: ContainerTable
  readonly #address: string
  readonly #context: SourceContext
  #events: EngineEvent[] = []
  /** Tags of containers that were removed before their events were told. */
  readonly #tagsOfRemoved = new Map<string, readonly string[]>()
  /** Containers that the engine has but cannot describe, with the reason. */
  readonly #unreadable = new Map<string, string>()
  #fault: EngineError | undefined
  #hasList = false
  #nextCheckAtMs = 0
  #wake: () => void = () => {}
  #change: Promise<void>

  constructor(table: ContainerTable, address: string, context: SourceContext) {
    this.#table = table
    this.#address = address
    this.#context = context
    this.#change = this.#newChange()
    this.listener = this.#createListener()
    context.signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  /** Whether the engine has told its containers at least once. */
  get hasList(): boolean {
    return this.#hasList
  }

  /** How the source does, for the status page. */
  health(): Pick<SourceReport, 'state' | 'message'> {
    if (this.#fault) return { state: 'degraded', message: this.#fault.message }
    const [unreadableMessage] = this.#unreadable.values()
    if (unreadableMessage !== undefined) return { state: 'degraded', message: unreadableMessage }
    if (!this.#table.isEngineLocal) {
      return {
        state: 'degraded',
        message: `The container engine at ${this.#address} is on another machine: the figures of its containers cannot be read from here`,
      }
    }
    const unreadable = this.#table.unreadable()
    if (unreadable.length === 0) return { state: 'running', message: '' }
    return {
      state: 'degraded',
      message:
        `No cgroup found below ${this.#context.environment.cgroupRoot} for ${unreadable.length} running containers ` +
        `(${unreadable.slice(0, 3).join(', ')}); inside a container, mount the host's folder and set DD_CONTAINER_CGROUP_ROOT`,
    }
  }

  /** Events and service checks since the last call. */
  takeMessages(timeMs: number): readonly Item[] {
    const events = this.#events
    this.#events = []
    const tagsOf = (id: string): readonly string[] => {
      const tags = this.#table.tagsOf(id)
      return tags.length > 0 ? tags : (this.#tagsOfRemoved.get(id) ?? [])
    }
    const bundled = bundleEvents(events, { host: this.#context.environment.hostname, tagsOf })
    this.#tagsOfRemoved.clear()
    return [...bundled, ...this.#takeCheck(timeMs)]
  }

  fullInventory(timeMs: number): Inventory {
    return this.#inventory(timeMs, { isFull: true, containers: this.#table.all(), removedIds: [] })
  }

  /** Resolves once something has changed and `gatherMs` have passed, or when the source is to stop. */
  async nextChange(gatherMs: number): Promise<void> {
    await this.#change
    await sleep(gatherMs, undefined, { signal: this.#context.signal }).catch(() => {})
    this.#change = this.#newChange()
  }

  /** Hands on what has changed since the last call. */
  async tellChanges(): Promise<void> {
    const changes = this.#table.takeChanges()
    if (changes.containers.length + changes.removedIds.length === 0) return
    await this.#context.emit([
      this.#inventory(this.#context.clock(), { isFull: false, ...changes }),
    ])
  }

  #inventory(
    timeMs: number,
    rest: Pick<Inventory, 'isFull' | 'containers' | 'removedIds'>,
  ): Inventory {
    return { kind: 'inventory', host: this.#context.environment.hostname, timeMs, ...rest }
  }

  #newChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  #createListener(): EngineListener {
    return {
      onAll: (containers, unreadableIds) => {
        this.#table.replaceAll(containers, unreadableIds)
        this.#unreadable.clear()
        this.#hasList = true
        this.#wake()
      },
      onChanged: (container) => {
        this.#table.put(container)
        this.#unreadable.delete(container.id)
        this.#wake()
      },
      onUnreadable: (id, error) => {
        if (this.#unreadable.get(id) !== error.message)
          this.#context.telemetry.log.warn(error.message)
        this.#unreadable.set(id, error.message)
      },
      onRemoved: (id) => {
        this.#tagsOfRemoved.set(id, this.#table.tagsOf(id))
        this.#table.remove(id)
        this.#unreadable.delete(id)
        this.#wake()
      },
      onEvent: (event) => this.#keepEvent(event),
      onReachable: (version) => this.#reach(version),
      onUnreachable: (error) => this.#lose(error),
    }
  }

  #keepEvent(event: EngineEvent): void {
    this.#events.push(event)
    if (this.#events.length <= maxBundledEvents) return
    this.#events.shift()
    this.#context.telemetry.countDropped('docker.events_overflow', 1)
  }

  #reach(version: string): void {
    if (this.#fault)
      this.#context.telemetry.log.info(`The container engine at ${this.#address} answers again`)
    this.#fault = undefined
    this.#nextCheckAtMs = 0
    this.#context.telemetry.setEngine({
      endpoint: this.#address,
      isReachable: true,
      message: '',
      version,
    })
  }

  #lose(error: EngineError): void {
    if (this.#fault?.message !== error.message) this.#context.telemetry.log.warn(error.message)
    if (!this.#fault) this.#nextCheckAtMs = 0
    this.#fault = error
    this.#context.telemetry.setEngine({
      endpoint: this.#address,
      isReachable: false,
      message: error.message,
    })
  }

  #takeCheck(timeMs: number): readonly ServiceCheck[] {
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
        host: this.#context.environment.hostname,
        tags: [],
      },
    ]
  }
}
