import type { LiveAgent, LiveTable } from '../store/live-table.ts'

/** An agent, what it said last, and its host's figures in the order of `hostFigureNames`. */
export type AgentAnswer = LiveAgent

/** All agents that have reported since the server started, by host. */
export function listAgents(table: LiveTable): AgentAnswer[] {
  return table.agents()
}
