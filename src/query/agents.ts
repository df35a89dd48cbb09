import type { LiveAgent, LiveTable } from '../store/live-table.ts'

/** An agent, what it said last, and its host's figures in the order of `hostFigureNames`. */
export type AgentAnswer = LiveAgent

/** All agents that report or did so in the last day, by host. */
export function listAgents(table: LiveTable): AgentAnswer[] {
  return table.listAgents()
}
