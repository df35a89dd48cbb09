import type { CgroupLife } from '../../../cgroup/lifetime/cgroup-life.ts'
import type { SourceContext } from '../../../component/source.ts'
import { EventCursor } from '../../../docker/event-cursor.ts'
import type { EngineEvent } from '../../../docker/parse-event.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { Item } from '../../../model/item.ts'
import type { ServiceCheck } from '../../../model/service-check.ts'
import { makeExitCheck } from '../checks/exit-check.ts'
import { HealthChecks } from '../checks/health-checks.ts'
import type { Reading } from '../figures/reading.ts'
import type { DockerOptions } from '../options.ts'
import { RunLedger } from '../runs/run-ledger.ts'
import { listToldActions } from './event-routes.ts'
import { EventSubjects } from './event-subjects.ts'
import { EventTeller, maxKeptEvents } from './event-teller.ts'
import { KeptStateFile } from './kept-state.ts'
import { OomWatch } from './oom-watch.ts'

export interface NewsSettings {
  readonly context: Pick<SourceContext, 'environment' | 'telemetry' | 'clock'>
  /** The engine's, as people write it. */
  readonly address: string
  readonly options: DockerOptions
  /** All tags of a container at high cardinality. */
  readonly tagsOf: (container: EngineContainer) => readonly string[]
  readonly isWatched: (container: EngineContainer) => boolean
  /** What an image is called that was asked for as `image`, which may be its id; `image` where it has no name. */
  readonly imageNameOf: (image: string, imageId: string) => string
  readonly lastReadingOf: (id: string) => Reading | undefined
  readonly hostCpuCount: number
}

/** What the kernel has counted since the last run. */
export type OomKills = readonly { readonly id: string; readonly count: number }[]

/**
 * All that is told of containers beside figures: events, service checks and the totals of runs. Takes what the engine, the
 * kernel's counters and the ends of cgroups say, in whichever order they come.
 */
export class EngineNews {
  /** Where to go on with the engine's events, for `followEngine()`. */
  readonly cursor: EventCursor
  /** What the engine is to tell beside what changes a container, for `followEngine()`. */
  readonly furtherActions: readonly string[]
  readonly #settings: NewsSettings
  readonly #containers = new Map<string, EngineContainer>()
  readonly #subjects: EventSubjects
  readonly #events: EventTeller
  readonly #ooms: OomWatch
  readonly #healths: HealthChecks
  readonly #runs: RunLedger
  readonly #file: KeptStateFile
  #exits: EngineEvent[] = []
  /** Of the containers that were described last: all are of one engine. */
  #runtime = 'docker'

  constructor(settings: NewsSettings) {
    const { context, options, address, tagsOf, isWatched, imageNameOf } = settings
    const { hostname: host, stateDir } = context.environment
    const { clock, telemetry } = context
    const { countDropped } = telemetry
    this.#settings = settings
    const containerOf = (id: string): EngineContainer | undefined => this.#containers.get(id)
    const runtime = (): string => this.#runtime
    const subjects = new EventSubjects({ containerOf, tagsOf, isWatched, imageNameOf, runtime })
    this.#subjects = subjects
    this.#events = new EventTeller({ host, options, subjects, countDropped, clock })
    this.#ooms = new OomWatch({ subjectOf: (id) => subjects.of(id), clock })
    this.#healths = new HealthChecks(host)
    const warn = (message: string): void => telemetry.log.warn(message)
    this.#file = new KeptStateFile({ stateDir, endpoint: address, clock: Date.now, warn })
    const kept = this.#file.read()
    this.cursor =
      kept === undefined ? EventCursor.startingAt(Date.now()) : EventCursor.goingOn(kept.cursor)
    this.furtherActions = listToldActions(options)
    const { lastReadingOf, hostCpuCount } = settings
    this.#runs = new RunLedger(
      { host, subjects, lastReadingOf, hostCpuCount, countDropped, clock: Date.now },
      { runs: kept?.runs ?? [], seenUntilMs: this.cursor.newestMs },
    )
  }

  onAll(containers: readonly EngineContainer[], unreadableIds: readonly string[]): void {
    const listed = new Set([...containers.map(({ id }) => id), ...unreadableIds])
    for (const id of this.#containers.keys()) if (!listed.has(id)) this.onRemoved(id)
    for (const container of containers) this.onChanged(container)
    this.#runs.onAll(containers, unreadableIds)
  }

  onChanged(container: EngineContainer): void {
    this.#containers.set(container.id, container)
    this.#runtime = container.runtime
  }

  onRemoved(id: string): void {
    const container = this.#containers.get(id)
    if (container !== undefined) this.#subjects.remember(container)
    this.#containers.delete(id)
  }

  onUnreachable(): void {
    this.#runs.onEngineLost()
  }

  onEvent(event: EngineEvent): void {
    this.#runs.onEvent(event)
    if (event.action === 'oom') this.#ooms.onEngineOom(event)
    else this.#events.keep(event)
    if (event.action !== 'die') return
    this.#ooms.onEnd(event.containerId)
    if (this.#settings.options.collect_exit_codes) this.#keepExit(event)
  }

  onLife(life: CgroupLife): void {
    this.#runs.onLife(life)
  }

  /** What is to be told now. Call it behind the readings of `timeMs`, whose kills of processes it takes. */
  take(timeMs: number, kills: OomKills): readonly Item[] {
    for (const { id, count } of kills) {
      this.#ooms.onKernelKills(id, count, timeMs)
      this.#runs.onOomKill(id)
    }
    for (const event of this.#ooms.take(timeMs)) this.#events.keep(event)
    const items = [
      ...this.#events.take(timeMs),
      ...this.#takeHealths(timeMs),
      ...this.#takeExits(),
      ...this.#runs.take(),
    ]
    this.#file.keep(() => ({ cursor: this.cursor.state(), runs: this.#runs.openRuns() }))
    return items
  }

  /** All that is left, at the end; what goes on is kept for the next process. */
  takeAll(): readonly Item[] {
    for (const event of this.#ooms.takeAll()) this.#events.keep(event)
    const items = [...this.#events.takeAll(), ...this.#takeExits(), ...this.#runs.takeAll()]
    this.#file.keepLast({ cursor: this.cursor.state(), runs: this.#runs.openRuns() })
    return items
  }

  #takeHealths(timeMs: number): readonly ServiceCheck[] {
    const { isWatched, tagsOf } = this.#settings
    const tagsOfId = (id: string): readonly string[] => {
      const container = this.#containers.get(id)
      return container === undefined ? [] : tagsOf(container)
    }
    const checked = [...this.#containers.values()].filter(
      (container) => container.health !== 'none' && isWatched(container),
    )
    return this.#healths.take(checked, { timeMs, tagsOf: tagsOfId })
  }

  /** Its tags are found when it is told: by then the engine has described the container. */
  #keepExit(event: EngineEvent): void {
    if (this.#exits.length < maxKeptEvents) this.#exits.push(event)
    else this.#settings.context.telemetry.countDropped('docker.exits_overflow', 1)
  }

  #takeExits(): readonly ServiceCheck[] {
    const { context, options } = this.#settings
    const settings = { host: context.environment.hostname, okExitCodes: options.ok_exit_codes }
    const exits = this.#exits
    this.#exits = []
    return exits.flatMap((event) => {
      const subject = this.#subjects.of(event.containerId, event)
      return subject === undefined ? [] : (makeExitCheck(event, subject, settings) ?? [])
    })
  }
}
