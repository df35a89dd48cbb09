import type { Figures } from '../../api/contract/containers.ts'
import { drawMeter, meterStyle } from '../charts/meter.ts'
import type { Glyphs } from '../glyphs.ts'
import type { Span, Style } from '../line.ts'
import { isRunning, readFigure, staleForMs, type LiveRow } from '../live/live-row.ts'
import { toScreenText } from '../text/screen-text.ts'
import { bytesText, percentText, spanText } from '../text/units.ts'

/** What a cell may need beside its row. */
export interface CellContext {
  readonly nowMs: number
  readonly glyphs: Glyphs
  /** The cells there are. */
  readonly width: number
}

/** A column of the containers table. */
export interface Column {
  readonly id: ColumnId
  readonly title: string
  readonly about: string
  /** Cells that it takes at least, and at most where there is room. */
  readonly width: number
  readonly maxWidth: number
  readonly isNumber: boolean
  /** The column with the highest number leaves first when there is no room; 0 never leaves. */
  readonly priority: number
  readonly isShownAtFirst: boolean
  readonly cell: (row: LiveRow, context: CellContext) => Span
  /** What rows are put in order by; undefined goes last. */
  readonly rank: (row: LiveRow, nowMs: number) => number | string | undefined
}

export const columnIds = [
  'state',
  'name',
  'host',
  'cpu',
  'memory',
  'memoryShare',
  'netRcvd',
  'netSent',
  'ioRead',
  'ioWritten',
  'threads',
  'throttled',
  'uptime',
  'project',
  'image',
  'restarts',
  'id',
] as const

/** Names a column, in its first order. */
export type ColumnId = (typeof columnIds)[number]

const stateColumn: Column = {
  id: 'state',
  title: '',
  about: 'State and health',
  width: 1,
  maxWidth: 1,
  isNumber: false,
  priority: 0,
  isShownAtFirst: true,
  cell: (row, { glyphs }) => ({
    text: isRunning(row) ? glyphs.dot : glyphs.hollowDot,
    style: stateStyle(row),
  }),
  rank: (row) => stateRank(row),
}

/** Cells of a figure with a meter beside it, and of the figure alone. */
const meteredWidth = 18
const figureWidth = 7

const list: Readonly<Record<ColumnId, Column>> = {
  state: stateColumn,
  name: textColumn('name', {
    title: 'NAME',
    about: 'Name',
    width: 20,
    maxWidth: 44,
    priority: 0,
    isShownAtFirst: true,
    read: ({ container }) => container.name,
  }),
  host: textColumn('host', {
    title: 'HOST',
    about: 'Host',
    width: 10,
    maxWidth: 20,
    priority: 8,
    read: ({ container }) => container.host,
  }),
  cpu: {
    ...figureColumn('cpu', { title: 'CPU', about: 'CPU, 100% is one core', priority: 1 }),
    maxWidth: meteredWidth,
    cell: cpuCell,
  },
  memory: figureColumn('memory', { title: 'MEM', about: 'Memory in use', priority: 2 }),
  memoryShare: {
    ...figureColumn('memory', { title: 'MEM%', about: 'Memory of its limit', priority: 4 }),
    id: 'memoryShare',
    width: 6,
    maxWidth: meteredWidth,
    cell: memoryShareCell,
    rank: (row) => memoryShare(row),
  },
  netRcvd: figureColumn('netRcvd', { title: 'NET IN/s', about: 'Received a second', priority: 5 }),
  netSent: figureColumn('netSent', { title: 'NET OUT/s', about: 'Sent a second', priority: 6 }),
  ioRead: figureColumn('ioRead', { title: 'READ/s', about: 'Read from disks', priority: 9 }),
  ioWritten: figureColumn('ioWritten', {
    title: 'WRITE/s',
    about: 'Written to disks',
    priority: 10,
  }),
  threads: figureColumn('threads', { title: 'PIDS', about: 'Processes and threads', priority: 11 }),
  throttled: {
    ...figureColumn('throttled', {
      title: 'THROTTLE',
      about: 'Throttled periods a second',
      priority: 12,
    }),
    isShownAtFirst: false,
  },
  uptime: {
    id: 'uptime',
    title: 'UP',
    about: 'Since its start, or how it ended',
    width: 10,
    maxWidth: 10,
    isNumber: true,
    priority: 3,
    isShownAtFirst: true,
    cell: uptimeCell,
    rank: (row, nowMs) => uptimeMs(row, nowMs),
  },
  project: textColumn('project', {
    title: 'PROJECT',
    about: 'Project of Compose',
    width: 10,
    maxWidth: 20,
    priority: 14,
    read: ({ container }) => container.project ?? '',
  }),
  image: textColumn('image', {
    title: 'IMAGE',
    about: 'Image',
    width: 12,
    maxWidth: 40,
    priority: 13,
    isShownAtFirst: true,
    read: ({ container }) => container.shortImage,
  }),
  restarts: {
    ...textColumn('restarts', {
      title: 'RESTARTS',
      about: 'Restarts by the engine',
      width: 9,
      maxWidth: 9,
      priority: 15,
      read: ({ container }) => String(container.restarts),
    }),
    isNumber: true,
    rank: ({ container }) => container.restarts,
  },
  id: textColumn('id', {
    title: 'ID',
    about: 'First twelve digits of the id',
    width: 12,
    maxWidth: 12,
    priority: 16,
    read: ({ container }) => container.id.slice(0, 12),
  }),
}

/** The column of that name. */
export function findColumn(id: ColumnId): Column {
  return list[id]
}

/** Memory as a share of the container's own limit; undefined where there is none. */
function memoryShare(row: LiveRow): number | undefined {
  const [used, limit] = [readFigure(row, 'memory'), row.container.memoryLimitBytes]
  return used === undefined || limit === null ? undefined : used / limit
}

/** How a container that does not run has ended, or what it does. */
export function stateText({ container, removedAtMs }: LiveRow): string {
  if (container.oomKilled && container.state !== 'running') return 'oom killed'
  if (container.state === 'exited') return `exited ${container.exitCode ?? '?'}`
  return removedAtMs === undefined ? container.state : 'removed'
}

/** How much its state matters. */
export function stateStyle(row: LiveRow): Style {
  const { state, health, exitCode, oomKilled } = row.container
  if (isRunning(row)) {
    if (health === 'unhealthy') return 'bad'
    return state === 'paused' || health === 'starting' ? 'warn' : 'good'
  }
  if (oomKilled || state === 'dead' || (exitCode ?? 0) !== 0) return 'bad'
  return state === 'restarting' ? 'warn' : 'dim'
}

/** What needs somebody comes first. */
function stateRank(row: LiveRow): number {
  const style = stateStyle(row)
  if (!isRunning(row)) return 4
  return style === 'bad' ? 0 : style === 'warn' ? 1 : 2
}

interface TextColumnOptions {
  readonly title: string
  readonly about: string
  readonly width: number
  readonly maxWidth: number
  readonly priority: number
  readonly isShownAtFirst?: boolean
  readonly read: (row: LiveRow) => string
}

function textColumn(id: ColumnId, { read, ...options }: TextColumnOptions): Column {
  return {
    id,
    isNumber: false,
    isShownAtFirst: false,
    ...options,
    cell: (row) => ({ text: toScreenText(read(row)) }),
    rank: (row) => read(row),
  }
}

function figureColumn(
  id: ColumnId & keyof Figures,
  options: Pick<Column, 'title' | 'about' | 'priority'>,
): Column {
  const format = id === 'threads' || id === 'throttled' ? countText : bytesText
  // The title carries a sign where rows are put in order by it.
  const width = id === 'threads' ? 5 : Math.max(8, options.title.length + 1)
  return {
    ...options,
    id,
    width,
    maxWidth: width,
    isNumber: true,
    isShownAtFirst: true,
    cell: (row) => ({ text: format(readFigure(row, id)) }),
    rank: (row) => readFigure(row, id),
  }
}

/** The figure, or how old it is: what is stale is not shown as if it were live. */
function cpuCell(row: LiveRow, context: CellContext): Span {
  const staleMs = staleForMs(row, context.nowMs)
  if (staleMs !== undefined)
    return { text: `${spanText(staleMs).split(' ')[0]} old`, style: 'warn' }
  const used = readFigure(row, 'cpu')
  const limit = row.container.cpuLimitCores
  if (used === undefined || limit === null) return { text: percentText(used) }
  return meteredCell(percentText(used), used / 100 / limit, context)
}

function memoryShareCell(row: LiveRow, context: CellContext): Span {
  const share = memoryShare(row)
  return share === undefined ? { text: '-' } : meteredCell(percentText(share * 100), share, context)
}

/** A figure, where there is room behind a meter of its limit. */
function meteredCell(text: string, share: number, { width, glyphs }: CellContext): Span {
  const style = meterStyle(share)
  const cells = width - figureWidth
  if (cells < 4) return { text, ...(style !== 'series' && { style }) }
  const meter = drawMeter(share, cells, glyphs).map((span) => span.text)
  return { text: meter.join('') + text.padStart(figureWidth), style }
}

function uptimeCell(row: LiveRow, { nowMs }: CellContext): Span {
  if (!isRunning(row)) return { text: stateText(row), style: stateStyle(row) }
  if (row.container.state === 'paused') return { text: 'paused', style: 'warn' }
  return { text: spanText(uptimeMs(row, nowMs) ?? 0) }
}

function uptimeMs(row: LiveRow, nowMs: number): number | undefined {
  const { startedAt } = row.container
  return isRunning(row) && startedAt !== null ? nowMs - startedAt : undefined
}

function countText(value: number | undefined): string {
  if (value === undefined) return '-'
  return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(1)
}
