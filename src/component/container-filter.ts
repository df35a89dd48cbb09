import type { ContainerPattern, ContainerRules } from './container-rules.ts'

/** A container as far as the filters look at it. */
export interface Filtered {
  /** As it was asked for, with or without a tag or a digest. */
  readonly image: string
  readonly name: string
  /** Where Kubernetes runs it; Docker has none. */
  readonly namespace?: string
}

/**
 * Says of a container whether it is watched: what an include list names always is, what an exclude list names is not,
 * everything else is. The lists for all purposes and those for `purpose` count together; an empty field matches nothing.
 * @see datadog.md E.4
 */
export function createContainerFilter(
  rules: ContainerRules,
  purpose: 'metrics' | 'logs',
): (container: Filtered) => boolean {
  const include = [...rules.all.include, ...rules[purpose].include]
  const exclude = [...rules.all.exclude, ...rules[purpose].exclude]
  if (exclude.length === 0) return () => true
  return (container) =>
    include.some((item) => matches(item, container)) ||
    !exclude.some((item) => matches(item, container))
}

function matches(
  { field, pattern }: ContainerPattern,
  { image, name, namespace }: Filtered,
): boolean {
  switch (field) {
    case 'image':
      // As in Datadog's agent, so that `image:nginx:` finds an image without a tag too.
      return image !== '' && pattern.test(image.includes(':') ? image : `${image}:`)
    case 'name':
      return name !== '' && pattern.test(name)
    case 'kube_namespace':
      return namespace !== undefined && pattern.test(namespace)
  }
}
