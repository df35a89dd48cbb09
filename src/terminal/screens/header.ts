import type { AgentSummary } from '../../api/contract/agents.ts'
import { drawMeter } from '../charts/meter.ts'
import { fitLine, spreadLine, textLine, type Line, type Span } from '../line.ts'
import { isRunning } from '../live/live-row.ts'
import type { Link } from '../live/live-table.ts'
import { toScreenText } from '../text/screen-text.ts'
import { textWidth } from '../text/text-width.ts'
import { bytesText, clockText, percentText, spanText } from '../text/units.ts'
import type { Scene } from './scene.ts'

const widestMeter = 20
/** What a host's line needs beside its name and its two meters. */
const hostTextCells = 62
const mostHostLines = 3

/** The head of the table: how the link stands, what there is, what watching costs, and the hosts. */
export function drawHeader(scene: Scene): readonly Line[] {
  const { columns } = scene.size
  const right = textLine(`${costText(scene)}  ${clockText(scene.table.nowMs())}`, 'dim')
  const left: Line = { spans: [...linkSpans(scene.table.link(), scene), ...countSpans(scene)] }
  const first = spreadLine(left, right, columns)
  return [first, ...reasonLines(scene), ...hostLines(scene)].map((line) =>
    fitLine(line, columns, scene.glyphs.ellipsis),
  )
}

/** Why nothing is heard: a server that was started anew may refuse, too. */
function reasonLines({ table }: Scene): readonly Line[] {
  const link = table.link()
  return link.kind !== 'lost' || link.reason === ''
    ? []
    : [textLine(toScreenText(link.reason), 'warn')]
}

/** How the link stands, never as live when it is not. */
export function linkSpans(link: Link, { clockMs, glyphs }: Scene): readonly Span[] {
  switch (link.kind) {
    case 'live':
      return [{ text: `${glyphs.dot} live`, style: 'good' }]
    case 'connecting':
      return [{ text: `${glyphs.hollowDot} connecting`, style: 'warn' }]
    case 'lost': {
      const wait = Math.max(0, Math.ceil((link.retryAtMs - clockMs) / 1000))
      const next = wait === 0 ? 'now' : `in ${wait}s`
      const text = `${glyphs.hollowDot} reconnecting since ${clockText(link.sinceMs)}, next try ${next}`
      return [{ text, style: 'bad' }]
    }
  }
}

function countSpans({ table, view }: Scene): readonly Span[] {
  let running = 0
  let other = 0
  for (const row of table.rows()) {
    if (view.host !== '' && row.container.host !== view.host) continue
    if (isRunning(row)) running += 1
    else other += 1
  }
  const agents = hostsOf(table.agents(), view.host)
  const hosts = `${agents.length} ${agents.length === 1 ? 'host' : 'hosts'}`
  return [
    { text: `  ${hosts}  ` },
    { text: String(running), style: 'strong' },
    { text: ' running  ' },
    { text: String(other), style: 'strong' },
    { text: ' stopped' },
  ]
}

/** Agents and server together; what an agent cost that is away now is over. */
function costText({ table }: Scene): string {
  const present = table.agents().filter(({ away }) => !away)
  const parts = [...present, ...(table.server() === undefined ? [] : [table.server()])]
  const cpu = parts.reduce((sum, part) => sum + (part?.cpuRatio ?? 0), 0)
  const bytes = parts.reduce((sum, part) => sum + (part?.rssBytes ?? 0), 0)
  return `watching costs ${percentText(cpu * 100)} ${bytesText(bytes)}`
}

function hostLines(scene: Scene): readonly Line[] {
  const hosts = hostsOf(scene.table.agents(), scene.view.host)
  const room = scene.size.rows >= 40 ? mostHostLines : 1
  const shown = hosts.length > room ? hosts.slice(0, room - 1) : hosts
  const lines = shown.map((agent) => hostLine(agent, scene))
  if (shown.length === hosts.length) return lines
  return [...lines, restLine(hosts.slice(shown.length), shown.length > 0)]
}

/** The busiest first; the figures of one that is away are old. */
function hostsOf(agents: readonly AgentSummary[], host: string): readonly AgentSummary[] {
  return agents
    .filter((agent) => host === '' || agent.host === host)
    .toSorted((a, b) => busyPercent(b) - busyPercent(a))
}

function busyPercent({ away, figures }: AgentSummary): number {
  return away ? -1 : (figures.cpu ?? -1)
}

function hostLine(agent: AgentSummary, { size, glyphs, table }: Scene): Line {
  const name = toScreenText(agent.host)
  if (agent.away) {
    const ago = spanText(table.nowMs() - agent.reportedAt)
    return textLine(`${name}  away: nothing heard for ${ago}`, 'bad')
  }
  const { cpu, memoryUsed, memoryTotal, load1 } = agent.figures
  const width = Math.floor((size.columns - textWidth(name) - hostTextCells) / 2)
  const meterWidth = Math.max(5, Math.min(widestMeter, width))
  const share = memoryUsed === undefined || !memoryTotal ? undefined : memoryUsed / memoryTotal
  return {
    spans: [
      { text: `${name}  `, style: 'strong' },
      { text: 'CPU ' },
      ...drawMeter(cpu === undefined ? undefined : cpu / 100, meterWidth, glyphs),
      { text: ` ${percentText(cpu).padStart(6)}  MEM ` },
      ...drawMeter(share, meterWidth, glyphs),
      { text: ` ${bytesText(memoryUsed)} of ${bytesText(memoryTotal)}` },
      ...(load1 === undefined ? [] : [{ text: `  load ${load1.toFixed(2)}` }]),
    ],
  }
}

function restLine(agents: readonly AgentSummary[], areMore: boolean): Line {
  const cpus = agents.map(busyPercent).filter((cpu) => cpu >= 0)
  const mean = cpus.length === 0 ? undefined : cpus.reduce((sum, cpu) => sum + cpu, 0) / cpus.length
  const away = agents.filter((agent) => agent.away).length
  const tail = away === 0 ? '' : `, ${away} away`
  return textLine(
    `${agents.length} ${areMore ? 'more hosts' : 'hosts'}, CPU ${percentText(mean)} on average${tail}`,
  )
}
