import type { AgentAnswer } from '../query/agents.ts'
import { listAgentNumbers, type AgentNews, type LiveAgent } from './contract/live-agents.ts'
import { toAgentSummary } from './rows/agent-row.ts'

/** Tells of agents only what has changed since it was told before. */
export interface AgentTeller {
  /** What is new, given all agents as they are now: all of them the first time. */
  readonly tell: (agents: readonly AgentAnswer[]) => AgentNews
  /** All of them as they were told last: who starts from these can follow what is told next. */
  readonly told: () => readonly LiveAgent[]
}

interface Told {
  readonly agent: LiveAgent
  /** All of it but the numbers, as JSON: quicker made and compared than its parts are. */
  readonly who: string
  readonly numbers: readonly (number | null)[]
}

/** A teller that has told nothing. */
export function openAgentTeller(): AgentTeller {
  let told: ReadonlyMap<string, Told> = new Map()
  let newestKey = 0

  function take(answer: AgentAnswer, before: Told | undefined): Told {
    const agent = { key: before?.agent.key ?? (newestKey += 1), ...toAgentSummary(answer) }
    return { agent, who: whoOf(agent), numbers: listAgentNumbers(agent) }
  }

  return {
    tell(agents) {
      const now = new Map<string, Told>()
      const news = { changed: [] as LiveAgent[], rows: [] as (number | null)[][] }
      for (const answer of agents) {
        const name = nameIn(now, answer)
        const before = told.get(name)
        const next = take(answer, before)
        now.set(name, next)
        if (before?.who !== next.who) {
          news.changed.push(next.agent)
        } else if (!isSame(before.numbers, next.numbers)) {
          news.rows.push([next.agent.key, ...next.numbers])
        }
      }
      const gone = told.entries().filter(([name]) => !now.has(name))
      const removedKeys = [...gone].map(([, { agent }]) => agent.key)
      told = now
      return { ...news, removedKeys }
    },
    told: () => Array.from(told.values(), ({ agent }) => agent),
  }
}

/** What an agent goes by here; those of one host that do not tell their ids are told apart by their order. */
function nameIn(
  known: ReadonlyMap<string, unknown>,
  { kind, report: { agentId, host } }: AgentAnswer,
): string {
  const name = agentId === undefined ? `${kind} of ${host}` : `${kind} ${agentId}`
  let nth = 1
  while (known.has(nth === 1 ? name : `${name} ${nth}`)) nth += 1
  return nth === 1 ? name : `${name} ${nth}`
}

/** What else changed with each report would be told of every agent each second. */
function whoOf({
  reportedAt: _reportedAt,
  lagMs: _lagMs,
  cpuRatio: _cpuRatio,
  rssBytes: _rssBytes,
  figures: _figures,
  ...who
}: LiveAgent): string {
  return JSON.stringify(who)
}

function isSame(left: readonly (number | null)[], right: readonly (number | null)[]): boolean {
  return left.every((value, index) => value === right[index])
}
