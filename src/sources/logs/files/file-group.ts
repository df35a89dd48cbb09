import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { LogConfig, LogStart } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { LogTools } from '../log-tools.ts'
import { FileLog } from './file-log.ts'
import { FileSet } from './file-set.ts'
import { selectFiles } from './select-files.ts'

const wildcard = /[*?[]/

/**
 * The files of one entry of `conf.d`. Those that are there at the start are read from their end unless the entry says
 * otherwise, those that come later from their beginning; what the pointer file knows, from where that was left.
 * @see datadog.md D.6
 */
export class FileGroup {
  readonly #tools: LogTools
  readonly #config: LogConfig
  readonly #path: string
  readonly #logs: FileSet
  #watch: { close(): void } | undefined
  #isFirstList = true

  /** @param config One of the kind `file`. */
  constructor(tools: LogTools, config: LogConfig) {
    this.#tools = tools
    this.#config = config
    this.#logs = new FileSet(tools, 'keep')
    this.#path = config.path ?? ''
    if (wildcard.test(this.#path)) this.#watchAll()
    else this.#open(this.#path, existsSync(this.#path))
  }

  get size(): number {
    return this.#logs.size
  }

  pass(): void {
    this.#logs.pass()
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#watch?.close()
    this.#logs.stop()
  }

  #watchAll(): void {
    const { follower, faults } = this.#tools
    const pattern = { path: this.#path, exclude: this.#config.excludePaths ?? [] }
    try {
      this.#watch = follower.watchFiles(pattern, (paths) => this.#take(paths))
    } catch (error) {
      faults.set(this.#config.place, `${this.#config.place}: ${describe(error)}`)
    }
  }

  #take(paths: readonly string[]): void {
    const { settings, faults } = this.#tools
    const { openFilesLimit: limit, wildcardOrder } = settings
    const wanted = selectFiles(paths, limit, wildcardOrder)
    if (wanted.length < paths.length) faults.set(this.#config.place, this.#describeCut(paths))
    else faults.clear(this.#config.place)
    for (const path of wanted) if (!this.#logs.has(path)) this.#open(path, this.#isFirstList)
    this.#isFirstList = false
    this.#logs.note(wanted)
  }

  #open(path: string, wasThere: boolean): void {
    const config = this.#config
    try {
      const log = new FileLog(this.#tools, {
        path,
        framing: 'plain',
        rotation: 'any',
        start: wasThere ? (config.start ?? 'end') : startOfNew(config.start),
        config,
        origin: this.#makeOrigin(path),
        subject: { key: path, name: config.place },
      })
      this.#logs.add(log)
    } catch (error) {
      this.#tools.faults.set(path, `${config.place}: ${describe(error)}`)
    }
  }

  #makeOrigin(path: string): LogOrigin {
    const { hostname, hostTags } = this.#tools
    const { service = '', source = '', tags } = this.#config
    const where = [`filename:${basename(path)}`, `dirname:${dirname(path)}`]
    return {
      host: hostname,
      containerId: '',
      containerName: '',
      image: '',
      service,
      source,
      tags: [...new Set([...tags, ...where, ...hostTags])],
    }
  }

  #describeCut(paths: readonly string[]): string {
    const { openFilesLimit, wildcardOrder } = this.#tools.settings
    const which = wildcardOrder === 'by_name' ? 'last by name' : 'written to last'
    return `${this.#config.place}: ${paths.length} files fit ${this.#path}, of which the ${openFilesLimit} ${which} are read; to read more, raise logs_config.open_files_limit`
  }
}

/** There was nothing before it to pass over. */
function startOfNew(start: LogStart | undefined): LogStart {
  return start?.startsWith('force') === true ? 'forceBeginning' : 'beginning'
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
