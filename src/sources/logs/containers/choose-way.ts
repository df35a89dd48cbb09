import { accessSync, constants, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { BoardedContainer } from '../../../component/container-board.ts'
import type { LogsSettings } from '../../../component/logs-settings.ts'
import type { Framing } from '../frames/frames.ts'

/** How the lines of a container are come by. */
export type Way =
  | { readonly kind: 'file'; readonly path: string; readonly framing: Framing }
  /** Through the engine; `why` says what is to be mended where a file would be better. */
  | { readonly kind: 'api'; readonly why?: string }
  /** Nobody keeps them. */
  | { readonly kind: 'nothing'; readonly why: string }

/** Where an engine and its files are. */
export interface EngineSite {
  /** `false` for an engine on another machine. */
  readonly isLocal: boolean
  /** Its data folder as it sees that: `/var/lib/docker`; `undefined` while that is not known. */
  readonly rootDir: string | undefined
}

export interface WayOptions {
  readonly settings: Pick<LogsSettings, 'prefersFiles' | 'forcesFiles' | 'dockerPath'>
  readonly site: EngineSite
  /** Whether the pointer file knows how far the engine's stream was read: another way would tell the same lines again. */
  readonly hasStreamPointer: boolean
}

type Logged = Pick<BoardedContainer, 'id' | 'name' | 'runtime' | 'log'>

/**
 * Decides as Datadog's agent: the file, unless the settings or the pointer file say otherwise; the engine where the file
 * cannot be read; never another way than at first, as long as the container is there.
 * @see datadog.md D.1, D.2
 */
export function chooseWay(container: Logged, options: WayOptions): Way {
  const { settings, site, hasStreamPointer } = options
  if (container.log.driver === 'none')
    return { kind: 'nothing', why: 'its log driver is none, which keeps nothing' }
  const file = findFile(container, { ...options, rootDir: site.rootDir })
  if (file === undefined || !site.isLocal) return { kind: 'api' }
  if (settings.forcesFiles) return file
  if (hasStreamPointer || !settings.prefersFiles) return { kind: 'api' }
  const why = whyUnreadable(file.path)
  return why === undefined ? file : { kind: 'api', why }
}

/** The file that the driver writes, as this process sees it; `undefined` where it writes none that can be read here. */
export function findFile(
  { id, runtime, log }: Logged,
  {
    settings,
    rootDir,
  }: { readonly settings: Pick<LogsSettings, 'dockerPath'>; readonly rootDir: string | undefined },
): Extract<Way, { kind: 'file' }> | undefined {
  if (runtime === 'podman') return findPodmanFile(log)
  const root = settings.dockerPath || rootDir
  const folder = root === undefined ? undefined : join(root, 'containers', id)
  if (log.driver === 'json-file') {
    const own = log.path === '' ? undefined : replaceRoot(log.path, settings.dockerPath)
    const path = own ?? (folder && join(folder, `${id}-json.log`))
    return path === undefined ? undefined : { kind: 'file', path, framing: 'docker-json' }
  }
  if (log.driver !== 'local' || folder === undefined) return undefined
  return {
    kind: 'file',
    path: join(folder, 'local-logs', 'container.log'),
    framing: 'docker-local',
  }
}

/** Podman writes what Kubernetes writes, also when it is asked for `json-file`. */
function findPodmanFile({
  driver,
  path,
}: Logged['log']): Extract<Way, { kind: 'file' }> | undefined {
  const isFile = driver === 'k8s-file' || driver === 'json-file'
  return isFile && path !== '' ? { kind: 'file', path, framing: 'cri' } : undefined
}

/** Puts another folder in place of the engine's own, which is what stands before `/containers/<id>/`. */
function replaceRoot(path: string, dockerPath: string): string {
  if (dockerPath === '') return path
  const inside = /\/containers\/[0-9a-f]+\/[^/]+$/.exec(path)?.[0]
  return inside === undefined ? path : join(dockerPath, inside)
}

/** `undefined` when the file can be read, or will be once it is there: a container that was never started has none. */
function whyUnreadable(path: string): string | undefined {
  const reason = refusal(path, constants.R_OK)
  if (reason === undefined) return undefined
  if (reason !== 'ENOENT') return describeRefusal(path, reason)
  const folder = dirname(path).replace(/\/local-logs$/, '')
  const folderReason = refusal(folder, constants.X_OK)
  if (folderReason === undefined && statSync(folder).isDirectory()) return undefined
  return describeRefusal(folder, folderReason ?? 'ENOTDIR')
}

function refusal(path: string, mode: number): string | undefined {
  try {
    accessSync(path, mode)
    return undefined
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}

function describeRefusal(path: string, reason: string): string {
  if (reason === 'ENOENT')
    return `${path} is not there; inside a container, mount /var/lib/docker/containers read-only at the same place, or set logs_config.docker_path_override`
  if (reason === 'EACCES' || reason === 'EPERM')
    return `${path} may not be read; run the agent as root, or let its user read that folder`
  return `${path} cannot be read: ${reason}`
}
