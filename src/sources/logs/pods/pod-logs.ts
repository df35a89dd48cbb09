import { existsSync, readlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { LogConfig } from '../../../component/log-config.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import type { Candidate, Choice } from '../containers/choose-config.ts'
import { FileLog } from '../files/file-log.ts'
import { FileSet } from '../files/file-set.ts'
import type { LogTools } from '../log-tools.ts'
import { parsePodPath, type PodPath } from './parse-pod-path.ts'

export interface PodLogsOptions {
  readonly tools: LogTools
  readonly choose: (container: Candidate) => Choice
  /** Whether the container is one of an engine whose containers are read by themselves. */
  readonly isReadAsContainer: (id: string) => boolean
}

/** What a file of a pod is known by. */
interface PodFile extends PodPath {
  readonly path: string
  /** Where the file leads to one of Docker. */
  readonly dockerId?: string
}

/** How long a Docker Engine may take to tell of its containers: until then nobody knows whether it reads them. */
const engineWaitMs = 3000

/**
 * The files that a kubelet has its containers' lines in. Where these only lead to Docker's own files and the engine's
 * containers are read, they are left to that.
 * @see datadog.md D.1, D.2
 */
export class PodLogs {
  readonly #options: PodLogsOptions
  readonly #root: string
  readonly #logs: FileSet
  readonly #deferred = new Map<string, { readonly file: PodFile; readonly sinceMs: number }>()
  #watch: { close(): void } | undefined

  constructor(options: PodLogsOptions) {
    this.#options = options
    this.#logs = new FileSet(options.tools, 'forget')
    this.#root = options.tools.settings.podLogsPath
  }

  get size(): number {
    return this.#logs.size
  }

  /** Begins as soon as the folder is there. */
  pass(): void {
    this.#watch ??= this.#start()
    this.#logs.pass()
    const { tools, isReadAsContainer } = this.#options
    for (const [path, { file, sinceMs }] of this.#deferred) {
      if (isReadAsContainer(file.dockerId ?? '')) this.#deferred.delete(path)
      else if (tools.nowMs() - sinceMs >= engineWaitMs) {
        this.#deferred.delete(path)
        this.#open(file)
      }
    }
  }

  /** Reads no more; the rest is for the next start. */
  stop(): void {
    this.#watch?.close()
    this.#logs.stop()
  }

  #start(): { close(): void } | undefined {
    if (this.#root === '' || !existsSync(this.#root)) return undefined
    const pattern = { path: join(this.#root, '*/*/*.log'), exclude: [] }
    return this.#options.tools.follower.watchFiles(pattern, (paths) => this.#take(paths))
  }

  #take(paths: readonly string[]): void {
    const there = new Set(paths)
    for (const path of this.#deferred.keys()) if (!there.has(path)) this.#deferred.delete(path)
    this.#logs.note(there)
    for (const path of paths)
      if (!this.#logs.has(path) && !this.#deferred.has(path)) this.#meet(path)
  }

  #meet(path: string): void {
    const pod = parsePodPath(relative(this.#root, path))
    if (pod === undefined) return
    const dockerId = findDockerId(path)
    const file: PodFile = { ...pod, path, ...(dockerId !== undefined && { dockerId }) }
    if (dockerId === undefined) this.#open(file)
    else this.#deferred.set(path, { file, sinceMs: this.#options.tools.nowMs() })
  }

  #open(file: PodFile): void {
    const { tools, choose } = this.#options
    const { path, containerName: name, namespace } = file
    const own = { name, image: '', labels: {}, log: { label: '' } }
    const choice = choose(namespace === undefined ? own : { ...own, namespace })
    if (choice.kind === 'skip') return
    const { config } = choice
    try {
      const log = new FileLog(tools, {
        path,
        framing: file.dockerId === undefined ? 'cri' : 'docker-json',
        rotation: file.dockerId === undefined ? 'stamped' : 'numbered',
        start: 'beginning',
        config,
        origin: makePodOrigin(file, config, tools),
        subject: { key: path, name: `Container ${name} of pod ${file.podName ?? file.podUid}` },
      })
      this.#logs.add(log)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      tools.faults.set(
        path,
        `Container ${name} of pod ${file.podName ?? file.podUid} is not read: ${reason}`,
      )
    }
  }
}

/** What is said of all lines of a container of a pod, as far as its path tells it. */
function makePodOrigin(
  { namespace, podName, containerName, dockerId = '' }: Omit<PodFile, 'path' | 'podUid'>,
  config: Pick<LogConfig, 'service' | 'source' | 'tags'>,
  { hostname, hostTags }: Pick<LogTools, 'hostname' | 'hostTags'>,
): LogOrigin {
  const known = [
    ['kube_namespace', namespace],
    ['pod_name', podName],
    ['kube_container_name', containerName],
  ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}:${value}`]))
  return {
    host: hostname,
    containerId: dockerId,
    containerName,
    image: '',
    service: config.service ?? containerName,
    source: config.source ?? 'kubernetes',
    tags: [...new Set([...config.tags, ...known, ...hostTags])],
  }
}

/** A kubelet that runs its containers with Docker has only links to Docker's files. */
function findDockerId(path: string): string | undefined {
  try {
    return /\/([0-9a-f]{64})-json\.log$/.exec(readlinkSync(path))?.[1]
  } catch {
    // A file, or gone already.
    return undefined
  }
}
