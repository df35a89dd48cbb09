import type { AgentSummary } from '../../../../src/api/contract/agents.ts'
import type { Tone } from '../../elements/container-state.ts'
import { say, sayCount } from '../../messages/agents.ts'
import { clockText } from '../../units/clock.ts'
import { durationText } from '../../units/duration.ts'

/** Something about an agent that somebody should look at. */
export interface Trouble {
  readonly tone: Extract<Tone, 'warning' | 'critical'>
  readonly text: string
}

/** How an agent does, in one word and in full. */
export interface Health {
  readonly tone: Extract<Tone, 'ok' | 'warning' | 'critical'>
  readonly text: string
  readonly troubles: readonly Trouble[]
}

/** Reports come once a second; beyond this the clock is wrong, or the way is slow. */
const lateMs = 10_000
const tones: readonly Health['tone'][] = ['critical', 'warning', 'ok']

/** How an agent does. Of one that is away no more is told than that: what it said last may not hold any more. */
export function healthOf(agent: AgentSummary): Health {
  const conflicts: readonly Trouble[] =
    agent.conflict === '' ? [] : [{ tone: 'critical', text: agent.conflict }]
  if (agent.away) {
    const text = say('agents.away', { time: clockText(agent.reportedAt) })
    return { tone: 'critical', text, troubles: conflicts }
  }
  const troubles = [
    ...conflicts,
    ...engineTroubles(agent),
    ...sourceTroubles(agent),
    ...endpointTroubles(agent),
    ...lateness(agent),
  ]
  const isCritical = troubles.some(({ tone }) => tone === 'critical')
  return {
    tone: isCritical ? 'critical' : troubles.length > 0 ? 'warning' : 'ok',
    text:
      troubles.length > 0 ? sayCount('agents.trouble', troubles.length) : say('agents.reporting'),
    troubles,
  }
}

/** Order for sorting: what needs a look comes first. */
export function healthRank({ tone }: Health): number {
  return tones.indexOf(tone)
}

function engineTroubles({ engine }: AgentSummary): readonly Trouble[] {
  return engine?.reachable === false ? [{ tone: 'critical', text: engine.message }] : []
}

function sourceTroubles({ sources }: AgentSummary): readonly Trouble[] {
  return sources
    .filter(({ state }) => state === 'degraded' || state === 'backoff')
    .map(({ name, state, message }) => ({
      tone: state === 'backoff' ? 'critical' : 'warning',
      text: say('agents.sourceTrouble', { name, message: message || say(`source.${state}`) }),
    }))
}

function endpointTroubles({ endpoints }: AgentSummary): readonly Trouble[] {
  return endpoints
    .filter(({ state }) => state === 'retrying' || state === 'refusing')
    .map(({ name, state, message }) => ({
      tone: state === 'refusing' ? 'critical' : 'warning',
      text: say('agents.endpointTrouble', { name, message: message || say(`endpoint.${state}`) }),
    }))
}

function lateness({ lagMs }: AgentSummary): readonly Trouble[] {
  if (lagMs < lateMs) return []
  return [{ tone: 'warning', text: say('agents.lateReports', { age: durationText(lagMs) }) }]
}
