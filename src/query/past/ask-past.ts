import type { TagScope } from '../../model/person.ts'
import type { ContainerRecord } from '../../store/store.ts'
import type { AgentAnswer } from '../agents.ts'
import { explainFailure } from '../metrics/explain-failure.ts'
import { narrowAgents } from '../scope/narrow-agents.ts'
import { seesContainer } from '../scope/sees-container.ts'
import { choosePastGrid, type PastGrid } from './choose-past-grid.ts'
import type { PastMoment, PastRequest, PastResult } from './past-answer.ts'
import type { PastReader } from './past-reader.ts'
import { PastReplay, type PastData } from './past-replay.ts'
import { cutPoints, cutStates } from './past-window.ts'
import { tellAgents } from './tell-agents.ts'

/** Rows of ticks in one answer: containers × frames. An agent's row is as long as several of them. */
const maxTickRows = 60_000
const rowsOfAgent = 5

/**
 * The live table at a second in the past, and what changed after it, for all or for somebody who sees what meets a scope.
 * @throws {QuestionError} `invalid` for a time that is later than now or not kept, `too-large`, `busy` or `failed`.
 */
export async function askPast(
  reader: PastReader,
  request: PastRequest,
  scope?: TagScope,
): Promise<PastResult> {
  return explainFailure(async () => {
    const tiers = reader.tiers()
    const wished = choosePastGrid(request, tiers, await reader.firstS(request.nowS))
    const window = await reader.window({ grid: wished, tiers, nowS: request.nowS, scope })
    const states = window?.states ?? (await reader.states(wished))
    const grid = withinBounds(wished, cutStates(states, wished).before)
    const points =
      window === undefined ? await reader.points({ grid, tiers, scope }) : cutPoints(window, grid)
    const seen = states.map((state) => hideUnseen(state, scope))
    return play({ grid, points, ...cutStates(seen, grid) }, request.agents, scope)
  })
}

function withinBounds(grid: PastGrid, before: readonly ContainerRecord[]): PastGrid {
  const hosts = new Set(before.map(({ host }) => host))
  const rows = Math.max(1, before.length + rowsOfAgent * hosts.size)
  return { ...grid, frames: Math.min(grid.frames, Math.max(1, Math.floor(maxTickRows / rows))) }
}

/** A container that somebody may not see, or not any more, is as one that was removed. */
function hideUnseen(state: ContainerRecord, scope: TagScope | undefined): ContainerRecord {
  if (scope === undefined || seesContainer(scope, state)) return state
  return { ...state, container: { ...state.container, state: 'removed' } }
}

function play(
  data: PastData,
  known: readonly AgentAnswer[],
  scope: TagScope | undefined,
): PastResult {
  const { grid, before, after } = data
  const { fromS, stepS, frames, resolutionS, keptFromS } = grid
  const seen = [...before, ...after].filter(({ container }) => container.state !== 'removed')
  const seenHosts = new Set(seen.map(({ host }) => host))
  const replay = new PastReplay(data)
  const agentsAt = (timeS: number): readonly AgentAnswer[] => {
    const agents = tellAgents(replay.hosts(), known, timeS)
    return scope === undefined ? agents : narrowAgents(agents, seenHosts)
  }
  const start = { containers: replay.containers(), agents: agentsAt(fromS) }
  const moments = Array.from({ length: frames }, (_, index): PastMoment => {
    const timeS = fromS + (index + 1) * stepS
    return { timeMs: timeS * 1000, changes: replay.playTo(index + 1), agents: agentsAt(timeS) }
  })
  return { fromS, toS: fromS + frames * stepS, stepS, resolutionS, keptFromS, ...start, moments }
}
