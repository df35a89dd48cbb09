import type { ContainerPattern, ContainerRules } from '../component/container-rules.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'
import type { ContainerItem } from './schema/container-patterns.ts'
import { pauseImages } from './schema/pause-images.ts'

/**
 * Which containers are watched, and what of them becomes tags, from Datadog's options.
 * @see datadog.md E.4, E.5
 */
export function toContainerRules(parsed: ParsedConfiguration): ContainerRules {
  const isOld = usesOldLists(parsed)
  const include = isOld ? parsed.ac_include : parsed.container_include
  const exclude = isOld ? parsed.ac_exclude : parsed.container_exclude
  return {
    all: {
      include: pick(include),
      exclude: [...pick(exclude), ...(parsed.exclude_pause_container ? pauseImages : [])],
    },
    metrics: {
      include: pick(parsed.container_include_metrics),
      exclude: pick(parsed.container_exclude_metrics),
    },
    logs: {
      include: pick(parsed.container_include_logs),
      exclude: pick(parsed.container_exclude_logs),
    },
    labelsAsTags: merge(parsed.docker_labels_as_tags, parsed.container_labels_as_tags),
    envAsTags: merge(parsed.docker_env_as_tags, parsed.container_env_as_tags),
  }
}

/** `ac_include` and `ac_exclude` count only when neither of the lists that came after them says anything. */
export function usesOldLists(parsed: ParsedConfiguration): boolean {
  return parsed.container_include.length === 0 && parsed.container_exclude.length === 0
}

function pick(items: readonly ContainerItem[]): readonly ContainerPattern[] {
  return items.flatMap((item) => (item.kind === 'pattern' ? [item.pattern] : []))
}

type Mapping = Readonly<Record<string, string>>

/** Names in lower case; of two rules for one name that of `first` counts. */
function merge(first: Mapping, second: Mapping): Mapping {
  const lower = (mapping: Mapping): [string, string][] =>
    Object.entries(mapping).map(([name, tag]) => [name.toLowerCase(), tag])
  return Object.fromEntries([...lower(second), ...lower(first)])
}
