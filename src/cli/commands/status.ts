import type { AgentList, AgentRow, StoreRow } from '../../api/contract/agents.ts'
import { defineCommand } from '../command.ts'
import { describeSource } from '../describe-source.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { askServer } from '../server-client.ts'
import { formatBytes } from '../text-table.ts'

/** `vigie status`: how the server and its agents do; exit code 1 when something is wrong. */
export const status = defineCommand({
  name: 'status',
  about: 'tell how the server and its agents do; exit code 1 when something is wrong',
  options: [configOption, { flags: '--json', about: 'print what the server answers' }],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const list = await askServer<AgentList>(settings, '/api/agents')
    if (options['json'] === true) io.out(`${JSON.stringify(list, null, 2)}\n`)
    else
      io.out(
        `${describeServer(list)}${list.agents.map((agent) => describeAgent(agent, list.time)).join('')}`,
      )
    return list.agents.length > 0 && list.agents.every(isWell) && !list.server.store.isDiskFull
      ? 0
      : 1
  },
})

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
    `Agent of ${agent.host}: ${agent.away ? 'away' : 'reporting'}, version ${agent.version}, pid ${agent.pid}, ${describeCost(agent)}`,
    ...(engine ? [engine] : []),
    ...dropped,
    `  waiting to be sent: ${formatBytes(agent.bufferedBytes)}`,
    ...agent.sources.flatMap((source) => ['', ...describeSource(source, nowMs).map(indent)]),
  ]
  return `${lines.join('\n')}\n`
}

function indent(line: string): string {
  return `  ${line}`
}

function describeCost({ cpuRatio, rssBytes }: { cpuRatio: number; rssBytes: number }): string {
  return `${(cpuRatio * 100).toFixed(1)} % of a core, ${formatBytes(rssBytes)}`
}

function isWell(agent: AgentRow): boolean {
  return !agent.away && agent.sources.every(({ state }) => state === 'running')
}
