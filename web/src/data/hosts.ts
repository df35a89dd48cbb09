import { useMemo, useSyncExternalStore } from 'react'

import type { AgentSummary } from '../../../src/api/contract/agents.ts'
import { useAgents, useLive } from './live.ts'
import { useSearch } from './search.ts'

/** No name of a host has it. */
const between = '\n'

/** The names of all hosts, sorted; renders again when one appears or goes. */
export function useHosts(): readonly string[] {
  const { store } = useLive()
  const names = useSyncExternalStore(store.onAgents, () => namesOf(store.agents()))
  return useMemo(() => (names === '' ? [] : names.split(between)), [names])
}

/** The host that the address narrows all pages to; empty for all hosts. */
export function useHost(): string {
  const { host = '' } = useSearch() as Partial<Record<string, string>>
  return host
}

/** Whether what is shown is of several hosts, so that each thing has to say of which it is. */
export function useHasHosts(): boolean {
  const hosts = useHosts()
  const host = useHost()
  return hosts.length > 1 && host === ''
}

/** The agents of the chosen host, or all; renders again once a second. */
export function useHostAgents(): readonly AgentSummary[] {
  const agents = useAgents()
  const host = useHost()
  return host === '' ? agents : agents.filter((agent) => agent.host === host)
}

/** Tells an agent from all others, also from one on a cloned machine of the same name. */
export function agentKey({ id, kind, host }: Pick<AgentSummary, 'id' | 'kind' | 'host'>): string {
  return id === '' ? `${kind} ${host}` : id
}

function namesOf(agents: readonly AgentSummary[]): string {
  return [...new Set(agents.map(({ host }) => host))].toSorted().join(between)
}
