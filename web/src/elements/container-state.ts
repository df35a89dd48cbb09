import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import { say, type MessageKey } from '../messages/message.ts'

/** The only thing colours stand for. */
export type Tone = 'ok' | 'warning' | 'critical' | 'unknown' | 'off'

/** A container's state and health in one short word, with its tone. */
export interface StateWord {
  readonly tone: Tone
  readonly text: string
  /** State and health in full. */
  readonly about: string
}

type Stateful = Pick<ContainerRow, 'state' | 'health' | 'exitCode' | 'oomKilled'>

const states: Readonly<Record<string, { readonly tone: Tone; readonly key: MessageKey }>> = {
  created: { tone: 'off', key: 'state.created' },
  running: { tone: 'ok', key: 'state.running' },
  paused: { tone: 'warning', key: 'state.paused' },
  restarting: { tone: 'warning', key: 'state.restarting' },
  removing: { tone: 'off', key: 'state.removing' },
  exited: { tone: 'off', key: 'state.exited' },
  dead: { tone: 'critical', key: 'state.dead' },
  removed: { tone: 'off', key: 'state.removed' },
}
/** Ended by itself, by SIGINT, by SIGTERM. */
const orderlyEnds: readonly number[] = [0, 130, 143]
const healths: Readonly<Record<string, { readonly tone: Tone; readonly key: MessageKey }>> = {
  healthy: { tone: 'ok', key: 'health.healthy' },
  unhealthy: { tone: 'critical', key: 'health.unhealthy' },
  starting: { tone: 'warning', key: 'health.starting' },
}

/** What a container's badge says: its health where it has one, else its state; an end that went wrong says how. */
export function stateWord(container: Stateful): StateWord {
  const ended = endWord(container)
  if (ended) return ended
  const state = states[container.state] ?? { tone: 'unknown' as const, key: 'state.dead' as const }
  const stateText = container.state in states ? say(state.key) : container.state
  const health = container.state === 'running' ? healths[container.health] : undefined
  if (health === undefined) return { tone: state.tone, text: stateText, about: stateText }
  const about = say('health.both', { state: stateText, health: say(health.key) })
  return { tone: health.tone, text: say(health.key), about }
}

/** Order of the states for sorting: what needs a look comes first. */
export function stateRank(container: Stateful): number {
  const tones: readonly Tone[] = ['critical', 'warning', 'unknown', 'ok', 'off']
  return tones.indexOf(stateWord(container).tone)
}

function endWord({ state, exitCode, oomKilled }: Stateful): StateWord | undefined {
  if (state !== 'exited' && state !== 'dead') return undefined
  if (oomKilled) {
    const about = say('state.exitedWith', { code: exitCode ?? '?' })
    return {
      tone: 'critical',
      text: say('state.oomKilled'),
      about: `${say('state.oomKilled')}, ${about}`,
    }
  }
  if (exitCode === null || state === 'dead') return undefined
  const text = say('state.exitedWith', { code: exitCode })
  return { tone: orderlyEnds.includes(exitCode) ? 'off' : 'warning', text, about: text }
}
