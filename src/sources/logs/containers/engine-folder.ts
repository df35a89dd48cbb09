import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { FileFollower } from '../follow/follow.ts'
import { readKeptConfig } from './read-kept-config.ts'

export interface EngineFolderOptions {
  /** `/var/lib/docker/containers`, as this process sees it. */
  readonly path: string
  readonly follower: Pick<FileFollower, 'watchFolder'>
  /** Labels and variables, in lower case, that become tags. */
  readonly publicNames: ReadonlySet<string>
  /** A container whose folder is there, as soon as the engine has noted what it is. */
  readonly onContainer: (container: EngineContainer) => void
}

/** Files by whose coming a folder may be complete. */
const configFiles = new Set(['config.v2.json', 'hostconfig.json'])
const idPattern = /^[0-9a-f]{64}$/

/**
 * Sees containers in the engine's own folder, without a question to the engine and before its event: what lives for
 * milliseconds is known before it prints its first line.
 */
export class EngineFolder {
  readonly #options: EngineFolderOptions
  readonly #watch: { close(): void }
  /** Folders that are there and not complete. */
  readonly #incomplete = new Map<string, { close(): void }>()

  /** @throws {Error} When the folder cannot be listed. */
  constructor(options: EngineFolderOptions) {
    this.#options = options
    this.#watch = options.follower.watchFolder(options.path, (name) => this.#look(name))
    for (const id of this.listIds()) this.#look(id)
  }

  /**
   * The containers that have a folder now.
   * @throws {Error} When the folder cannot be listed.
   */
  listIds(): readonly string[] {
    return readdirSync(this.#options.path).filter((name) => idPattern.test(name))
  }

  /** Forgets the folders that were removed before they were complete. */
  forgetRemoved(): void {
    for (const id of this.#incomplete.keys())
      if (!existsSync(join(this.#options.path, id))) this.#forget(id)
  }

  close(): void {
    this.#watch.close()
    for (const id of this.#incomplete.keys()) this.#forget(id)
  }

  #look(id: string): void {
    if (!idPattern.test(id) || this.#incomplete.has(id)) return
    if (this.#take(id)) return
    const folder = join(this.#options.path, id)
    const watch = this.#options.follower.watchFolder(folder, (name) => {
      if (configFiles.has(name)) this.#take(id)
    })
    this.#incomplete.set(id, watch)
    // What came between the first look and the watch.
    this.#take(id)
  }

  /** @returns Whether the folder was complete. */
  #take(id: string): boolean {
    const { path, publicNames, onContainer } = this.#options
    const container = readKeptConfig(join(path, id), publicNames)
    if (container === undefined) return false
    this.#forget(id)
    onContainer(container)
    return true
  }

  #forget(id: string): void {
    this.#incomplete.get(id)?.close()
    this.#incomplete.delete(id)
  }
}
