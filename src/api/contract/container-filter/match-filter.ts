import type { ContainerRow } from '../containers.ts'
import { findNumberKey, type FilterRow } from './filter-numbers.ts'
import type { LabelOf } from './label-book.ts'
import type { Filter, Operator, Term } from './parse-filter.ts'

/** What a filter asks for beside the rows. */
export interface FilterWorld {
  readonly nowMs: number
  readonly labelOf: LabelOf
}

const fields: Readonly<Record<string, (container: ContainerRow) => string | null>> = {
  name: (container) => container.name,
  image: (container) => container.image,
  service: (container) => container.service,
  project: (container) => container.project,
  host: (container) => container.host,
  state: (container) => container.state,
  health: (container) => container.health,
  id: (container) => container.id,
  runtime: (container) => container.runtime,
  network: (container) => container.networkMode,
}

/** Whether a container passes all terms of a filter. Figures that were not read pass no comparison, labels that are not known yet no term. */
export function matchesFilter(filter: Filter, row: FilterRow, world: FilterWorld): boolean {
  return filter.terms.every((term) => holds(term, row, world) === !term.isNegated)
}

/** Whether the filter asks for figures, so that its answer changes by the second. */
export function isLiveFilter(filter: Filter): boolean {
  return filter.terms.some((term) => term.kind === 'number')
}

/** The labels that a filter asks for. */
export function labelsOfFilter(filter: Filter): readonly string[] {
  return filter.terms.flatMap((term) => (term.kind === 'label' ? [term.label] : []))
}

/** Undefined when that cannot be said yet. */
function holds(term: Term, row: FilterRow, { nowMs, labelOf }: FilterWorld): boolean | undefined {
  switch (term.kind) {
    case 'word':
      return holdsWord(row.container, term.text)
    case 'text':
      return holdsText(row.container, term)
    case 'label': {
      const value = labelOf(row.container.id, term.label)
      if (value === undefined) return undefined
      return value !== null && holdsValue(value.toLowerCase(), term.text, term.isExact)
    }
    case 'number': {
      const value = findNumberKey(term.key)?.of(row, nowMs)
      return value !== undefined && compare(value, term.operator, term.value)
    }
  }
}

function holdsWord(container: ContainerRow, word: string): boolean {
  const { name, image, service, project, host, id } = container
  return (
    [name, image, service, project, host].some((text) => text?.toLowerCase().includes(word)) ||
    id.startsWith(word)
  )
}

function holdsText(
  container: ContainerRow,
  { key, text, isExact }: Extract<Term, { kind: 'text' }>,
): boolean {
  const field = fields[key]
  if (field) {
    const value = field(container)?.toLowerCase() ?? ''
    return key === 'id' ? value.startsWith(text) : holdsValue(value, text, isExact)
  }
  const prefix = `${key}:`
  const isTagged = container.tags.some((tag) => {
    const lower = tag.toLowerCase()
    return lower.startsWith(prefix) && holdsValue(lower.slice(prefix.length), text, isExact)
  })
  // `nginx:1.25` looks like a key and a value and is an image.
  return isTagged || container.image.toLowerCase().includes(`${key}:${text}`)
}

function holdsValue(value: string, wanted: string, isExact: boolean): boolean {
  if (isExact) return value === wanted
  return wanted.includes('*') ? matchesGlob(value, wanted) : value.includes(wanted)
}

/** Whether the whole value has the pattern's parts in their order, with anything where a `*` stands. */
function matchesGlob(value: string, pattern: string): boolean {
  const [first = '', ...middle] = pattern.split('*')
  const last = middle.pop() ?? ''
  if (!value.startsWith(first) || value.length < first.length + last.length) return false
  let at = first.length
  for (const part of middle) {
    const found = value.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return value.endsWith(last) && value.length - last.length >= at
}

function compare(value: number, operator: Operator, wanted: number): boolean {
  switch (operator) {
    case '>':
      return value > wanted
    case '>=':
      return value >= wanted
    case '<':
      return value < wanted
    case '<=':
      return value <= wanted
    case '=':
      return value === wanted
  }
}
