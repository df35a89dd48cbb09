import type { LiveContainer } from '../store/live-container.ts'
import type { LiveTable } from '../store/live-table.ts'

/** A container with its newest figures. */
export type ContainerAnswer = LiveContainer

/** Which containers are asked for: those that `docker ps` lists, or all. */
export type ContainerScope = 'running' | 'all'

const runningStates: ReadonlySet<string> = new Set(['running', 'paused', 'restarting'])

/**
 * Containers by host and name. `running` are those that the engine counts as up, paused and restarting ones too; `all`
 * has also those that were removed in the last ten minutes, with the state `removed`.
 */
export function listContainers(table: LiveTable, scope: ContainerScope): ContainerAnswer[] {
  const all = table.containers()
  const chosen =
    scope === 'all' ? all : all.filter(({ container }) => runningStates.has(container.state))
  return chosen.toSorted(
    (a, b) =>
      compare(a.host, b.host) || compare(a.container.name, b.container.name) || a.key - b.key,
  )
}

/** What looking for one container gives. */
export type FoundContainer =
  | { readonly kind: 'found'; readonly container: ContainerAnswer }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'several'; readonly count: number }

/** Digits of an id; what has so many starts no other. */
const idLength = 64

/** The container with an id, or with an id that starts with what is given. */
export function findContainer(table: LiveTable, idOrPrefix: string): FoundContainer {
  const exact = table.container(idOrPrefix)
  if (exact !== undefined) return { kind: 'found', container: exact }
  if (idOrPrefix.length >= idLength) return { kind: 'unknown' }
  const found = [...table.containerIds()]
    .filter((id) => id.startsWith(idOrPrefix))
    .flatMap((id) => table.container(id) ?? [])
  return tellFound(found)
}

/** The same among some containers only, as if there were no others. */
export function findAmong(
  containers: readonly ContainerAnswer[],
  idOrPrefix: string,
): FoundContainer {
  const exact = containers.find(({ container }) => container.id === idOrPrefix)
  if (exact !== undefined) return { kind: 'found', container: exact }
  return tellFound(containers.filter(({ container }) => container.id.startsWith(idOrPrefix)))
}

function tellFound(found: readonly ContainerAnswer[]): FoundContainer {
  if (found.length > 1) return { kind: 'several', count: found.length }
  return found[0] === undefined ? { kind: 'unknown' } : { kind: 'found', container: found[0] }
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
