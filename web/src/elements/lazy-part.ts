import { lazy, type ComponentType, type LazyExoticComponent } from 'react'

import { loadPart } from '../data/load-part.ts'

/** An element that loads when it is first shown, as `load` imports it; it comes late, but comes, where the server is away. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await loadPart(load) }))
}
