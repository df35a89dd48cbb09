import type { ContainerRow } from '../../../src/api/contract/containers.ts'
import { isRunning } from '../data/live-row.ts'
import { say } from '../messages/container.ts'

/** How long an agent may take to tell for the first time: it hears of it within a second, and reads every two. */
const usualWaitMs = 8000

/** What is known of a container whose processes are not there to be shown. */
export interface NoProcesses {
  readonly container: ContainerRow
  readonly isAgentAway: boolean
  /** Since somebody looks. */
  readonly waitedMs: number
}

/** Why there are none to show, in a sentence. */
export function whyNone({ container, isAgentAway, waitedMs }: NoProcesses): string {
  const { host, figuresFrom } = container
  if (!isRunning(container)) return say('processes.notRunning')
  if (isAgentAway) return say('processes.away', { host })
  if (figuresFrom === 'engine') return say('processes.fromEngine')
  return waitedMs < usualWaitMs ? say('processes.asking') : say('processes.late', { host })
}
