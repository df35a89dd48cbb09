import type { ComponentType } from 'react'

import type { MessageKey } from '../messages/message.ts'

/** One page: its place, its name and what it shows. The list in `index.ts` makes routes, navigation and titles from it. */
export interface Page {
  /** As the router writes it: `/containers/$id`. */
  readonly path: string
  readonly title: MessageKey
  readonly icon: ComponentType
  readonly element: ComponentType
  /** The letter after `g` that leads here; a page without one is reached from another and not named in the navigation. */
  readonly shortcut?: 'c' | 'l' | 'e' | 'm' | 'd' | 'a'
  /** What addresses of pages begin with that are reached from this one: `/containers/`. */
  readonly below?: string
}

/** Declares a page. */
export function definePage(page: Page): Page {
  return page
}
