import type { Hierarchy } from '../../../cgroup/hierarchy.ts'
import type { FileBudget } from '../../../cgroup/kept-file.ts'
import { openContainerNetReader } from '../../../cgroup/net-reader.ts'
import { openCgroup } from '../../../cgroup/open-cgroup.ts'
import { readNetworkNamespace } from '../../../cgroup/own-process.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { Figures, type FigureOptions } from './figures.ts'
import { FollowedContainer } from './followed-container.ts'

/** Where the files of containers are. */
export interface ContainerFiles {
  readonly procRoot: string
  readonly hierarchy: Hierarchy
  readonly budget: FileBudget
  /** Files that the processes of a cgroup hold open, by its folder. */
  readonly countOpenFiles: (folder: string) => number | undefined
}

/**
 * Opens the files of a running container and reads them once, so that rates have a start.
 * @returns `undefined` when it has no cgroup here.
 */
export function openFollowed(
  container: EngineContainer,
  files: ContainerFiles,
  options: Omit<FigureOptions, 'hasOwnNetwork'>,
): FollowedContainer | undefined {
  const { procRoot, budget, hierarchy, countOpenFiles } = files
  const cgroup = openCgroup(hierarchy, container, { procRoot, budget })
  if (cgroup === undefined) return undefined
  const figures = new Figures({ ...options, hasOwnNetwork: hasOwnNetwork(container, procRoot) })
  const followed = new FollowedContainer(figures, {
    cgroup,
    net: openContainerNetReader(procRoot, container, budget),
    countOpenFiles: () => countOpenFiles(cgroup.folder),
  })
  followed.sample(Date.now(), [])
  return followed
}

/** Not so in the network namespace of the host, under whichever name, nor in that of another container. */
function hasOwnNetwork({ networkMode, pid }: EngineContainer, procRoot: string): boolean {
  if (isBorrowed(networkMode)) return false
  const own = readNetworkNamespace(pid, procRoot)
  return own === undefined || own !== readNetworkNamespace(1, procRoot)
}

/** Whether a container of this network mode has no network of its own, as far as the engine tells. */
export function isBorrowed(networkMode: string): boolean {
  return networkMode === 'host' || networkMode.startsWith('container:')
}
