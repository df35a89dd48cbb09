import type { Search, SearchChange } from '../../data/search.ts'

/** What the list of agents is sorted by; at first by state, so that what needs a look stands above a thousand that do not. */
export const agentSorts = ['state', 'name', 'version', 'cost'] as const
export type AgentSort = (typeof agentSorts)[number]

/** All that the address of the Agents page says. */
export interface AgentsView {
  readonly filterText: string
  readonly sort: AgentSort
  /** The agents that are open, by their keys; `undefined` leaves it to their number. */
  readonly open: ReadonlySet<string> | undefined
}

const firstSort: AgentSort = 'state'
/** So few agents are open from the start. */
const fewAgents = 2
const noneOpen = 'none'

/** The view an address asks for; what cannot be read counts as not said. */
export function readAgentsView(search: Search): AgentsView {
  const { q = '', sort, open } = search as Partial<Record<string, string>>
  return {
    filterText: q,
    sort: agentSorts.find((known) => known === sort) ?? firstSort,
    open:
      open === undefined ? undefined : new Set(open.split(',').filter((key) => key !== noneOpen)),
  }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeAgentsView(change: Partial<AgentsView>): SearchChange {
  const { filterText, sort, open } = change
  return {
    ...(filterText !== undefined && { q: filterText || undefined }),
    ...(sort && { sort: sort === firstSort ? undefined : sort }),
    ...(open && { open: [...open].join(',') || noneOpen }),
  }
}

/** The agents that are open: those of the address, else all where there are few. */
export function openAgents(view: AgentsView, keys: readonly string[]): ReadonlySet<string> {
  return view.open ?? new Set(keys.length <= fewAgents ? keys : [])
}
