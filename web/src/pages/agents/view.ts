import type { Search, SearchChange } from '../../data/search.ts'

/** What the list of agents is sorted by. */
export const agentSorts = ['name', 'state', 'cost'] as const
export type AgentSort = (typeof agentSorts)[number]

/** All that the address of the Agents page says. */
export interface AgentsView {
  readonly filterText: string
  readonly sort: AgentSort
  /** The agents that are open, by their keys; `undefined` leaves it to their number. */
  readonly open: ReadonlySet<string> | undefined
}

/** So few agents are open from the start. */
const fewAgents = 2
const noneOpen = 'none'

/** The view an address asks for; what cannot be read counts as not said. */
export function readAgentsView(search: Search): AgentsView {
  const { q = '', sort, open } = search as Partial<Record<string, string>>
  return {
    filterText: q,
    sort: agentSorts.find((known) => known === sort) ?? 'name',
    open:
      open === undefined ? undefined : new Set(open.split(',').filter((key) => key !== noneOpen)),
  }
}

/** The change of the address that brings a change of the view about; what is as at first is not written. */
export function writeAgentsView(change: Partial<AgentsView>): SearchChange {
  const { filterText, sort, open } = change
  return {
    ...(filterText !== undefined && { q: filterText || undefined }),
    ...(sort && { sort: sort === 'name' ? undefined : sort }),
    ...(open && { open: [...open].join(',') || noneOpen }),
  }
}

/** The agents that are open: those of the address, else all where there are few. */
export function openAgents(view: AgentsView, keys: readonly string[]): ReadonlySet<string> {
  return view.open ?? new Set(keys.length <= fewAgents ? keys : [])
}
