import type { ContainerDetail, Figures } from '../../api/contract/containers.ts'
import { chartCells, drawChart, type Chart } from '../charts/chart.ts'
import { fitLine, spreadLine, textLine, type Line, type Span } from '../line.ts'
import { isRunning, readFigure, staleForMs, type LiveRow } from '../live/live-row.ts'
import { toScreenText } from '../text/screen-text.ts'
import { fitText } from '../text/text-width.ts'
import { bytesText, percentText, spanText } from '../text/units.ts'
import { stateStyle, stateText } from '../view/columns.ts'
import { linkSpans } from './header.ts'
import { hintLine } from './hint-line.ts'
import type { Scene } from './scene.ts'

/** What charts reach back at least; a cell stands for as many seconds as that needs. */
const leastSeconds = 300
const chartGap = 2
const widthForTwo = 100
/** Beside each other go those of network and disks alone. */
const widthForSome = 70
const leastChartRows = 3

/** One container: what it is, and the last minutes of its figures. */
export function drawContainer(scene: Scene, id: string): readonly Line[] {
  const { size, table, glyphs } = scene
  const row = table.rowOf(id)
  const foot = hintLine([['l log', 1], ['? help', 1], ['Esc back']], size.columns)
  const body = row === undefined ? [textLine('This container is gone')] : drawBody(row, scene)
  const blank = Array.from({ length: Math.max(0, size.rows - 1 - body.length) }, () => textLine(''))
  return [...body.slice(0, size.rows - 1), ...blank, foot].map((line) =>
    fitLine(line, size.columns, glyphs.ellipsis),
  )
}

function drawBody(row: LiveRow, scene: Scene): readonly Line[] {
  const facts = [headLine(row, scene), ...factLines(row, scene)]
  const room = scene.size.rows - 1 - facts.length
  return [...facts, ...drawCharts(row, scene, room)]
}

function headLine(row: LiveRow, scene: Scene): Line {
  const staleMs = staleForMs(row, scene.table.nowMs())
  const spans: Span[] = [
    { text: toScreenText(row.container.name), style: 'strong' },
    { text: '  ' },
    { text: stateText(row), style: stateStyle(row) },
  ]
  const { health } = row.container
  if (health !== 'none' && isRunning(row))
    spans.push({ text: ` ${health}`, style: stateStyle(row) })
  if (staleMs !== undefined) {
    spans.push({ text: `  figures are ${spanText(staleMs)} old`, style: 'warn' })
  }
  const right = { spans: linkSpans(scene.table.link(), scene) }
  return spreadLine({ spans }, right, scene.size.columns)
}

function factLines(row: LiveRow, { table, detail, size }: Scene): readonly Line[] {
  const { container } = row
  const nowMs = table.nowMs()
  const cpu = container.cpuLimitCores === null ? 'none' : `${container.cpuLimitCores} cores`
  const memory =
    container.memoryLimitBytes === null ? 'none' : bytesText(container.memoryLimitBytes)
  const started =
    container.startedAt === null ? 'never' : `${spanText(nowMs - container.startedAt)} ago`
  const pairs: readonly (readonly [string, string])[] = [
    ['image', container.image],
    ['host', container.host],
    ['started', started],
    ...endingOf(row, nowMs),
    ['limits', `CPU ${cpu}, memory ${memory}`],
    ['restarts', String(container.restarts)],
    ['id', container.id.slice(0, 12)],
    ...portsOf(detail),
  ]
  const isWide = size.columns >= widthForTwo
  const width = isWide ? Math.floor(size.columns / 2) - 1 : size.columns
  const cells = pairs.map(([name, value]) => factSpans(name, toScreenText(value), width))
  if (!isWide) return cells.slice(0, Math.max(4, size.rows - 14)).map((spans) => ({ spans }))
  return Array.from({ length: Math.ceil(cells.length / 2) }, (_, at) => ({
    spans: [...(cells[at * 2] ?? []), { text: '  ' }, ...(cells[at * 2 + 1] ?? [])],
  }))
}

function factSpans(name: string, value: string, width: number): readonly Span[] {
  return [
    { text: name.padEnd(10), style: 'dim' },
    { text: fitText(value, Math.max(0, width - 10), ' ') },
  ]
}

function endingOf({ container }: LiveRow, nowMs: number): readonly (readonly [string, string])[] {
  const { finishedAt, exitCode, oomKilled, state } = container
  if (state === 'running' || finishedAt === null) return []
  const cause = oomKilled ? ', killed for memory' : ''
  return [['ended', `${spanText(nowMs - finishedAt)} ago, exit code ${exitCode ?? '-'}${cause}`]]
}

function portsOf(
  detail: ContainerDetail | string | undefined,
): readonly (readonly [string, string])[] {
  if (detail === undefined) return [['ports', 'not read yet']]
  if (typeof detail === 'string') return [['ports', detail]]
  const ports = detail.ports.map(({ containerPort, protocol, hostPort, hostIp }) =>
    hostPort === null
      ? `${containerPort}/${protocol}`
      : `${hostIp === null ? '' : `${hostIp}:`}${hostPort}->${containerPort}/${protocol}`,
  )
  return [['ports', ports.length === 0 ? 'none' : ports.join(', ')]]
}

type FigureName = keyof Figures

/** Charts from the top, those of a line beside each other; where there is little room usage comes first. */
function bandsFor(columns: number): readonly (readonly FigureName[])[] {
  if (columns >= widthForTwo) {
    return [
      ['cpu', 'memory'],
      ['netRcvd', 'netSent'],
      ['ioRead', 'ioWritten'],
    ]
  }
  if (columns >= widthForSome) {
    return [['cpu'], ['memory'], ['netRcvd', 'netSent'], ['ioRead', 'ioWritten']]
  }
  return [['cpu'], ['memory'], ['netRcvd'], ['netSent'], ['ioRead'], ['ioWritten']]
}

/** As many bands of charts as fit; what lines are left over go to the first ones. */
function drawCharts(row: LiveRow, scene: Scene, room: number): readonly Line[] {
  const { columns } = scene.size
  const bands = bandsFor(columns).slice(0, Math.max(1, Math.floor(room / leastChartRows)))
  const rows = Math.floor(room / bands.length)
  if (rows < 2) return []
  return bands.flatMap((names, at) => {
    const width = Math.floor((columns - chartGap * (names.length - 1)) / names.length)
    const size = { columns: width, rows: rows + Number(at < room % bands.length) }
    const [left = [], right = []] = names.map((name) =>
      drawChart(chartOf(name, row, { scene, width }), size, scene.glyphs),
    )
    return left.map((line, index) => ({
      spans: [
        ...fitLine(line, right.length === 0 ? width : width + chartGap, scene.glyphs.ellipsis)
          .spans,
        ...(right[index]?.spans ?? []),
      ],
    }))
  })
}

const chartWords: Readonly<Partial<Record<FigureName, Pick<Chart, 'title' | 'format'>>>> = {
  cpu: { title: 'CPU', format: percentText },
  memory: { title: 'Memory', format: bytesText },
  netRcvd: { title: 'Net in', format: rateText },
  netSent: { title: 'Net out', format: rateText },
  ioRead: { title: 'Disk read', format: rateText },
  ioWritten: { title: 'Disk write', format: rateText },
}

function chartOf(
  name: FigureName,
  row: LiveRow,
  { scene, width }: { readonly scene: Scene; readonly width: number },
): Chart {
  const nowMs = scene.table.nowMs()
  const cells = Math.max(1, chartCells(width))
  const perCell = Math.ceil(leastSeconds / cells)
  // Cells begin at multiples of their length: a column that is drawn stays as it is.
  const stepMs = perCell * 1000
  const toMs = Math.ceil((nowMs - 1000) / stepMs) * stepMs - 1
  return {
    ...(chartWords[name] ?? { title: name, format: String }),
    values: row.trail?.read(name, toMs, perCell * cells) ?? [],
    current: staleForMs(row, nowMs) === undefined ? readFigure(row, name) : undefined,
    limit: limitOf(name, row),
  }
}

function limitOf(name: FigureName, { container }: LiveRow): number | undefined {
  const { cpuLimitCores, memoryLimitBytes } = container
  if (name === 'memory') return memoryLimitBytes ?? undefined
  return name === 'cpu' && cpuLimitCores !== null ? cpuLimitCores * 100 : undefined
}

function rateText(bytes: number): string {
  return `${bytesText(bytes)}/s`
}
