import type { Container } from '../../../model/container.ts'

/** Names of containers that stand in one sentence. */
const namedAtMost = 3

/**
 * Says where the figures of running containers come from: `98 containers from cgroup v1, 2 from the engine's answers every
 * 10 s (web, db), 1 without figures (x)`.
 */
export function describeFigures(
  containers: readonly Pick<Container, 'name' | 'figuresFrom'>[],
  {
    cgroupVersion,
    statsIntervalMs,
  }: { readonly cgroupVersion: 'v1' | 'v2' | 'none'; readonly statsIntervalMs: number },
): string {
  const names = (from: Container['figuresFrom']): readonly string[] =>
    containers.filter(({ figuresFrom }) => figuresFrom === from).map(({ name }) => name)
  const [fromFiles, fromEngine, none] = [names('cgroup'), names('engine'), names(undefined)]
  const parts = [
    { count: fromFiles.length, text: `from cgroup ${cgroupVersion}` },
    {
      count: fromEngine.length,
      text: `from the engine's answers every ${statsIntervalMs / 1000} s (${list(fromEngine)})`,
    },
    { count: none.length, text: `without figures (${list(none)})` },
  ].filter(({ count }) => count > 0)
  if (parts.length === 0) return 'no running containers'
  return parts.map((part, at) => `${at === 0 ? nameCount(part.count) : part.count} ${part.text}`).join(', ') // prettier-ignore
}

function nameCount(count: number): string {
  return count === 1 ? '1 container' : `${count} containers`
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, namedAtMost).join(', ')
  return names.length > namedAtMost ? `${shown} and ${names.length - namedAtMost} more` : shown
}
