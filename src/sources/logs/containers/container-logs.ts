import type { BoardedContainer } from '../../../component/container-board.ts'
import { nameFile } from '../files/file-log.ts'
import { nameStream, type ApiTools } from './api-log.ts'
import type { Candidate, Choice } from './choose-config.ts'
import { chooseWay, findFile, type EngineSite } from './choose-way.ts'
import { ContainerLog } from './container-log.ts'

export interface ContainerLogsOptions {
  readonly tools: ApiTools
  readonly choose: (container: Candidate) => Choice
  readonly site: EngineSite
}

/** The containers whose lines are read, from the first that is heard of each until it is removed. */
export class ContainerLogs {
  readonly #options: ContainerLogsOptions
  readonly #logs = new Map<string, ContainerLog>()
  /** Removed ones, of which not all is read and acknowledged yet. */
  readonly #finishing = new Set<ContainerLog>()
  /** Ended too long ago at the first start. */
  readonly #tooOld = new Set<string>()
  #isStopped = false

  constructor(options: ContainerLogsOptions) {
    this.#options = options
  }

  /** All that are read, also those that nobody keeps lines of. */
  logs(): Iterable<ContainerLog> {
    return this.#logs.values()
  }

  has(id: string): boolean {
    return this.#logs.has(id)
  }

  get tooOldCount(): number {
    return this.#tooOld.size
  }

  /** Takes what is now known of a container. */
  put(container: BoardedContainer): void {
    if (this.#isStopped) return
    const { choose, tools } = this.#options
    const { id } = container
    const choice = choose(container)
    if (choice.kind === 'skip') this.#leave(id)
    if (choice.fault === undefined) tools.faults.clear(`${id} label`)
    else tools.faults.set(`${id} label`, choice.fault)
    if (choice.kind === 'skip') return
    const known = this.#logs.get(id)
    if (known !== undefined) known.update(container)
    else this.#meet(container, choice)
  }

  /** The container has been removed: what is left of its lines is still read. */
  remove(id: string): void {
    const log = this.#forget(id)
    if (log === undefined) return
    this.#finishing.add(log)
    void log.finish().finally(() => this.#finishing.delete(log))
  }

  /** Makes room where as many files are open as may be: for those of containers that run. */
  makeRoom(): void {
    const { follower, settings } = this.#options.tools
    if (follower.openFiles() < settings.openFilesLimit) return
    for (const log of this.#logs.values()) void log.parkEnded()
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#isStopped = true
    for (const log of [...this.#logs.values(), ...this.#finishing]) log.stop()
  }

  /** One that runs again is never too old. */
  #meet(container: BoardedContainer, choice: Extract<Choice, { kind: 'read' }>): void {
    if (this.#isTooOld(container)) {
      this.#tooOld.add(container.id)
      return
    }
    this.#tooOld.delete(container.id)
    this.#open(container, choice)
  }

  #open(container: BoardedContainer, { config }: Extract<Choice, { kind: 'read' }>): void {
    const { tools, site } = this.#options
    const { settings, gatherer, faults } = tools
    const hasStreamPointer = gatherer.keptOf(nameStream(container.id)) !== undefined
    const way = chooseWay(container, { settings, site, hasStreamPointer })
    try {
      this.#logs.set(container.id, new ContainerLog(tools, container, { way, config }))
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      faults.set(
        container.id,
        `Container ${container.name} is not read: ${config.place}: ${reason}`,
      )
    }
  }

  /** One whose lines were read before is read to its end. */
  #isTooOld(container: BoardedContainer): boolean {
    const { tools, site } = this.#options
    const { settings, gatherer, clock } = tools
    const { id, finishedAtMs } = container
    if (finishedAtMs === undefined || clock() - finishedAtMs < settings.stoppedAgeMs) return false
    const path = findFile(container, { settings, rootDir: site.rootDir })?.path
    const names = [nameStream(id), ...(path === undefined ? [] : [nameFile(path)])]
    return names.every((name) => gatherer.keptOf(name) === undefined)
  }

  #leave(id: string): void {
    void this.#forget(id)?.leave()
  }

  #forget(id: string): ContainerLog | undefined {
    this.#options.tools.faults.clearAll(id)
    this.#tooOld.delete(id)
    const log = this.#logs.get(id)
    this.#logs.delete(id)
    return log
  }
}
