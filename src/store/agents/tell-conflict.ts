import type { NameHolders } from './host-names.ts'
import type { AgentKind } from './known-agent.ts'

const shownIdLength = 4

/** The name that an agent gets when another machine goes by `host` already. */
export function distinctName(host: string, agentId: string): string {
  return `${host}-${shortId(agentId)}`
}

/** One sentence for an agent whose name another machine uses too; empty when it alone has that name. */
export function tellConflict(
  { kind, host, agentId }: { kind: AgentKind; host: string; agentId: string },
  { ids, lateComers }: NameHolders,
): string {
  if (lateComers.length === 0 || !ids.includes(agentId)) return ''
  const others = ids.filter((id) => id !== agentId).map(shortId)
  const what = `Another machine goes by the name ${host} too: that of agent ${others.join(', ')}`
  if (kind === 'datadog') return `${what}; set hostname in the datadog.yaml of one of them`
  return lateComers.includes(agentId)
    ? `${what}; this one came later and is told to go by ${distinctName(host, agentId)}`
    : `${what}; this one came first and keeps it`
}

function shortId(agentId: string): string {
  return agentId
    .replace(/[^0-9a-f]/gi, '')
    .slice(0, shownIdLength)
    .toLowerCase()
}
