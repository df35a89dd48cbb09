import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Hierarchy } from './hierarchy.ts'

/** What is known of a container whose cgroup is looked for. */
export interface Wanted {
  readonly id: string
  /** The container's first process as this host numbers it; 0 when unknown. */
  readonly pid: number
  /** `--cgroup-parent`, empty for the engine's own. */
  readonly cgroupParent: string
}

/** No container lies deeper: pod slices of Kubernetes are four folders down. */
const maxDepth = 8
const maxFolders = 20_000

/**
 * Finds a container's folder, the same in each controller.
 * @returns The path below a controller's root, such as `docker/<id>` (driver cgroupfs) or
 *   `system.slice/docker-<id>.scope` (driver systemd); `undefined` when there is none (it has just ended).
 */
export function findCgroup(
  hierarchy: Hierarchy,
  wanted: Wanted,
  procRoot: string,
): string | undefined {
  const base = baseFolder(hierarchy)
  if (base === undefined) return undefined
  const usual = usualPaths(wanted).find((path) => existsSync(join(base, path)))
  if (usual !== undefined) return usual
  const own = cutBehind(readOwnPath(hierarchy, wanted.pid, procRoot) ?? '', wanted.id)
  if (own !== undefined && existsSync(join(base, own))) return own
  return walk(base, wanted.id)
}

function baseFolder(hierarchy: Hierarchy): string | undefined {
  if (hierarchy.version === 'none') return undefined
  if (hierarchy.version === 'v2') return hierarchy.root
  return hierarchy.controllers.get('memory') ?? hierarchy.controllers.get('cpuacct')
}

function usualPaths({ id, cgroupParent }: Wanted): readonly string[] {
  const paths = [
    join('docker', id),
    join('system.slice', `docker-${id}.scope`),
    // Podman's, with either driver.
    join('libpod_parent', `libpod-${id}`),
    join('machine.slice', `libpod-${id}.scope`),
  ]
  if (cgroupParent === '') return paths
  return [join(cgroupParent, id), join(expandSlice(cgroupParent), `docker-${id}.scope`), ...paths]
}

/**
 * `a-b.slice` lies in `a.slice/a-b.slice`.
 * @see systemd.slice(5)
 */
function expandSlice(parent: string): string {
  const name = basename(parent)
  if (!name.endsWith('.slice')) return parent
  const parts = name.slice(0, -'.slice'.length).split('-')
  return parts.map((_part, at) => `${parts.slice(0, at + 1).join('-')}.slice`).join('/')
}

/** What `/proc/<pid>/cgroup` says: `4:memory:/docker/<id>` on v1, `0::/docker/<id>` on v2. */
function readOwnPath(hierarchy: Hierarchy, pid: number, procRoot: string): string | undefined {
  if (pid <= 0) return undefined
  try {
    const text = readFileSync(join(procRoot, String(pid), 'cgroup'), 'utf8')
    const line =
      hierarchy.version === 'v2' ? /^0::\/(.*)$/m : /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:\/(.*)$/m
    return line.exec(text)?.[1]
  } catch {
    return undefined
  }
}

/** The path up to the folder that is named after the container: what lies below it the container has made itself. */
function cutBehind(path: string, id: string): string | undefined {
  const folders = path.split('/')
  const at = folders.findIndex((name) => isNamedAfter(name, id))
  return at < 0 ? undefined : folders.slice(0, at + 1).join('/')
}

/** Mounts of a container and the monitor of CRI-O have units of their own, with its id in their names. */
function isNamedAfter(name: string, id: string): boolean {
  return name.includes(id) && !name.endsWith('.mount') && !name.startsWith('crio-conmon-')
}

function walk(base: string, id: string): string | undefined {
  const queue: { path: string; depth: number }[] = [{ path: '', depth: 0 }]
  for (let seen = 0; seen < queue.length && seen < maxFolders; seen += 1) {
    const { path, depth } = queue[seen] ?? { path: '', depth: maxDepth }
    for (const name of listFolders(join(base, path))) {
      if (isNamedAfter(name, id)) return join(path, name)
      if (depth < maxDepth && !name.endsWith('.mount'))
        queue.push({ path: join(path, name), depth: depth + 1 })
    }
  }
  return undefined
}

function listFolders(path: string): readonly string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
  } catch {
    return []
  }
}
