import type { LogFilter } from '../logs/language/log-filter.ts'
import { happeningKinds, type StoredHappeningKind } from './stored-happening.ts'

/** The kinds of which there can be any that a search means: others need not be looked at. */
export function kindsMeant(filter: LogFilter): readonly StoredHappeningKind[] {
  switch (filter.kind) {
    case 'field': {
      if (filter.key !== 'kind' || filter.test.kind !== 'text') return happeningKinds
      const [name, ...others] = filter.test.pattern
      return others.length > 0 ? happeningKinds : happeningKinds.filter((kind) => kind === name)
    }
    case 'and': {
      const parts = filter.filters.map(kindsMeant)
      return happeningKinds.filter((kind) => parts.every((part) => part.includes(kind)))
    }
    case 'or': {
      const parts = filter.filters.map(kindsMeant)
      return happeningKinds.filter((kind) => parts.some((part) => part.includes(kind)))
    }
    case 'all':
    case 'text':
    case 'regex':
    case 'not':
      return happeningKinds
  }
}
