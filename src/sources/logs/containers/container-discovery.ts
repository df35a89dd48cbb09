import type { BoardedContainer, ContainerBoard } from '../../../component/container-board.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { FileFollower } from '../follow/follow.ts'
import type { ContainerLogs } from './container-logs.ts'
import { EngineFolder } from './engine-folder.ts'

export interface DiscoveryOptions {
  readonly board: ContainerBoard
  readonly logs: Pick<ContainerLogs, 'put' | 'remove'>
  readonly follower: Pick<FileFollower, 'watchFolder'>
  /** The engine's folder of containers as this process sees it; `undefined` where there is none. */
  readonly folderPath: string | undefined
  readonly publicNames: ReadonlySet<string>
  /** What the board would say of a container that only the folder tells of. */
  readonly toBoarded: (container: EngineContainer) => BoardedContainer
}

/**
 * Hears of containers from the board, which knows them best, and from the engine's folder, which knows them first, and all
 * of them where the engine cannot be asked.
 */
export class ContainerDiscovery {
  readonly #options: DiscoveryOptions
  /** Known from the folder alone: nobody will tell that they are gone. */
  readonly #provisional = new Set<string>()
  readonly #leaveBoard: () => void
  readonly #folder: EngineFolder | undefined

  constructor(options: DiscoveryOptions) {
    this.#options = options
    const { board, logs } = options
    this.#leaveBoard = board.follow({
      onPut: (container) => {
        this.#provisional.delete(container.id)
        logs.put(container)
      },
      onGone: (id) => logs.remove(id),
    })
    this.#folder = this.#openFolder()
  }

  /** Finds out which of those that only the folder knows are gone. */
  pass(): void {
    this.#folder?.forgetRemoved()
    if (this.#folder === undefined || this.#provisional.size === 0) return
    const there = new Set(this.#listFolder())
    for (const id of this.#provisional) {
      if (there.has(id)) continue
      this.#provisional.delete(id)
      this.#options.logs.remove(id)
    }
  }

  close(): void {
    this.#leaveBoard()
    this.#folder?.close()
  }

  #openFolder(): EngineFolder | undefined {
    const { folderPath: path, follower, publicNames } = this.#options
    if (path === undefined) return undefined
    const onContainer = (container: EngineContainer): void => this.#putProvisional(container)
    try {
      return new EngineFolder({ path, follower, publicNames, onContainer })
    } catch {
      // Why it cannot be listed is told of each container whose file cannot be read.
      return undefined
    }
  }

  #putProvisional(container: EngineContainer): void {
    const { board, logs, toBoarded } = this.#options
    if (board.find(container.id) !== undefined) return
    this.#provisional.add(container.id)
    logs.put(toBoarded(container))
  }

  #listFolder(): readonly string[] {
    try {
      return this.#folder?.listIds() ?? []
    } catch {
      // Unmounted, or removed with all that was in it.
      return []
    }
  }
}
