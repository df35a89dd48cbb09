import type { AgentList, AgentRow, StoreRow } from '../../api/contract/agents.ts'
import { defineCommand } from '../command.ts'
import { describeEndpoint, isDelivering } from '../describe-endpoint.ts'
import { describeSource } from '../describe-source.ts'
import { formatAge } from '../format-age.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { askOwnAgent, type OwnAgent } from '../own-agent.ts'
import { askServer } from '../server-client.ts'
import { formatBytes } from '../text-table.ts'

/** A report that comes later than this is told of. */
const lateMs = 5000

/** `vigie status`: how the server and its agents do; exit code 1 when something is wrong. */
export const status = defineCommand({
  name: 'status',
  about: 'tell how the server and its agents do; exit code 1 when something is wrong',
  options: [configOption, { flags: '--json', about: 'print what the server answers' }],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const own = await askOwnAgent(settings)
    const list = await askServer<AgentList>(settings, '/api/agents').catch((error: unknown) => {
      if (own !== undefined) io.err(describeOwnAgent(own))
      throw error
    })
    if (options['json'] === true) io.out(`${JSON.stringify(list, null, 2)}\n`)
    else {
      const agents = list.agents.map((agent) => describeAgent(agent, list.time))
      io.out(`${describeServer(list)}${agents.join('')}`)
    }
    const isHeard = own === undefined || list.agents.some(({ id, away }) => id === own.id && !away)
    if (!isHeard) io.err(`\n${describeOwnAgent(own)}`)
    const isWell = list.agents.every((agent) => isAgentWell(agent, list.time))
    return isHeard && list.agents.length > 0 && isWell && !list.server.store.isDiskFull ? 0 : 1
  },
})

/** What the server cannot know of an agent that it does not hear. */
function describeOwnAgent({ host, endpoints }: OwnAgent): string {
  const lines = endpoints.flatMap((endpoint) => describeEndpoint(endpoint, Date.now()).map(indent))
  return [`The agent of ${host} runs here, and the server does not hear it:`, ...lines, ''].join(
    '\n',
  )
}

function describeServer({ server, time, agents }: AgentList): string {
  const upS = Math.round((time - server.startedAt) / 1000)
  const none = agents.length === 0 ? '\nNo agent has reported yet.\n' : ''
  return `Server ${server.version}, pid ${server.pid}, up ${upS} s, ${describeCost(server)}\n${describeStore(server.store)}${none}`
}

function describeStore({ bytesOnDisk, maxBytes, droppedForSpace, isDiskFull }: StoreRow): string {
  const limit = maxBytes === 0 ? '' : ` of ${formatBytes(maxBytes)}`
  const lines = [`  store on disk: ${formatBytes(bytesOnDisk)}${limit}`]
  if (isDiskFull) lines.push('  its disk is full: nothing is taken in until there is room')
  if (droppedForSpace !== null) {
    const until = new Date(droppedForSpace.untilMs).toLocaleString('sv-SE')
    const bytes = formatBytes(droppedForSpace.bytes)
    lines.push(`  dropped early for want of space: ${bytes} from before ${until}`)
  }
  return `${lines.join('\n')}\n`
}

function describeAgent(agent: AgentRow, nowMs: number): string {
  const engine =
    agent.engine &&
    `  engine ${agent.engine.endpoint}: ${agent.engine.reachable ? `version ${agent.engine.version}` : agent.engine.message}`
  const dropped = Object.entries(agent.dropped)
    .toSorted(([, a], [, b]) => b - a)
    .map(([reason, count]) => `  dropped ${count.toLocaleString('en-US')}: ${reason}`)
  const lines = [
    '',
    describeHeader(agent, nowMs),
    ...(agent.conflict === '' ? [] : [indent(agent.conflict)]),
    ...(engine ? [engine] : []),
    ...dropped,
    ...describeSending(agent, nowMs),
    ...agent.sources.flatMap((source) => ['', ...describeSource(source, nowMs).map(indent)]),
  ]
  return `${lines.join('\n')}\n`
}

/** A Datadog Agent tells neither what it costs nor how it does. */
function describeHeader(agent: AgentRow, nowMs: number): string {
  const presence = agent.away
    ? `away, last heard ${formatAge(nowMs - agent.reportedAt)} ago`
    : 'reporting'
  const version = agent.version === '' ? 'of an unknown version' : `version ${agent.version}`
  if (agent.kind === 'datadog') return `Datadog Agent of ${agent.host}: ${presence}, ${version}`
  const late = agent.lagMs >= lateMs ? `, ${formatAge(agent.lagMs)} late` : ''
  return `Agent of ${agent.host}: ${presence}${late}, ${version}, pid ${agent.pid}, ${describeCost(agent)}`
}

/** An agent from before it told of each endpoint tells the sum. */
function describeSending(agent: AgentRow, nowMs: number): readonly string[] {
  if (agent.kind === 'datadog') return []
  if (agent.endpoints.length === 0)
    return [`  waiting to be sent: ${formatBytes(agent.bufferedBytes)}`]
  return agent.endpoints.flatMap((endpoint) => describeEndpoint(endpoint, nowMs).map(indent))
}

function indent(line: string): string {
  return `  ${line}`
}

function describeCost({ cpuRatio, rssBytes }: { cpuRatio: number; rssBytes: number }): string {
  return `${(cpuRatio * 100).toFixed(1)} % of a core, ${formatBytes(rssBytes)}`
}

function isAgentWell(agent: AgentRow, nowMs: number): boolean {
  if (agent.away || agent.conflict !== '') return false
  return (
    agent.sources.every(({ state }) => state === 'running') &&
    agent.endpoints.every((endpoint) => isDelivering(endpoint, nowMs))
  )
}
