import { isRunning, readFigure, type LiveRow } from '../../data/live-row.ts'
import type { MessageKey } from '../../messages/message.ts'
import { stateRank } from '../../elements/container-state.ts'

/** The name of a column, as the address writes it. */
export type ColumnId =
  | 'state'
  | 'name'
  | 'image'
  | 'service'
  | 'host'
  | 'cpu'
  | 'memory'
  | 'netRcvd'
  | 'netSent'
  | 'ioRead'
  | 'ioWritten'
  | 'threads'
  | 'restarts'
  | 'uptime'

/** What a column is called and what its rows are sorted by. */
export interface Column {
  readonly id: ColumnId
  readonly title: MessageKey
  /** What the figure means, for who points at the head of the column. */
  readonly about?: MessageKey
  readonly isNumber: boolean
  /** How wide it is at least, in rem, and which part of the room that is left it takes. */
  readonly widthRem: number
  readonly grow?: number
  /** Its cells hold a spark line, a figure and a meter. */
  readonly isGauge: boolean
  /** Its values change each second. */
  readonly isLive: boolean
  /** `undefined` sorts last, in either direction. */
  readonly value: (row: LiveRow) => number | string | undefined
}

/** Where a figure needs more room than most, or less. */
const figureWidths: Partial<Record<ColumnId, number>> = {
  cpu: 10.75,
  memory: 13.25,
  threads: 3.375,
}

/** All columns of the Containers table, left to right. */
export const columns: readonly Column[] = [
  { ...text('state', 'column.state', (row) => stateRank(row.container)), widthRem: 6.5, grow: 0 },
  { ...text('name', 'column.name', (row) => row.container.name), widthRem: 7.5, grow: 1.7 },
  text('image', 'column.image', (row) => row.container.shortImage),
  {
    ...text('service', 'column.service', ({ container }) => {
      const { service, project } = container
      return service === null && project === null ? undefined : `${project ?? ''} ${service ?? ''}`
    }),
    about: 'column.serviceLong',
  },
  text('host', 'column.host', (row) => row.container.host),
  figure('cpu', 'column.cpu', 'column.cpuLong'),
  figure('memory', 'column.memory', 'column.memoryLong'),
  figure('netRcvd', 'column.netRcvd', 'column.netRcvdLong'),
  figure('netSent', 'column.netSent', 'column.netSentLong'),
  figure('ioRead', 'column.ioRead', 'column.ioReadLong'),
  figure('ioWritten', 'column.ioWritten', 'column.ioWrittenLong'),
  figure('threads', 'column.threads'),
  {
    id: 'restarts',
    title: 'column.restarts',
    isNumber: true,
    isGauge: false,
    isLive: false,
    widthRem: 3.5,
    value: (row) => row.container.restarts,
  },
  {
    id: 'uptime',
    title: 'column.uptime',
    about: 'column.uptimeLong',
    isNumber: true,
    isGauge: false,
    isLive: false,
    widthRem: 4.75,
    value: uptimeOrder,
  },
]

/** The columns that every table has: without them a row says nothing. */
export const fixedColumns: readonly ColumnId[] = ['state', 'name']

/** The columns to show: those that were chosen, or all; that of the host only where it is chosen or there are several. */
export function shownColumns(chosen: readonly ColumnId[], hasHosts: boolean): readonly Column[] {
  if (chosen.length === 0) return hasHosts ? columns : columns.filter(({ id }) => id !== 'host')
  return columns.filter(({ id }) => chosen.includes(id) || fixedColumns.includes(id))
}

const gapRem = 0.5
const edgeRem = 1.25

/** The style of a table with these columns: the tracks of its grid, and the least width of all of them. */
export function columnTracks(shown: readonly Column[]): {
  readonly '--columns': string
  readonly minWidth: string
} {
  const tracks = shown.map(({ widthRem, grow = 0 }) =>
    grow > 0 ? `minmax(${widthRem}rem, ${grow}fr)` : `${widthRem}rem`,
  )
  const rem = shown.reduce((sum, { widthRem }) => sum + widthRem + gapRem, 2 * edgeRem - gapRem)
  return { '--columns': tracks.join(' '), minWidth: `${rem}rem` }
}

/** The column of that name; `undefined` when there is none. */
export function findColumn(id: string): Column | undefined {
  return columns.find((column) => column.id === id)
}

function text(id: ColumnId, title: MessageKey, value: Column['value']): Column {
  return {
    id,
    title,
    isNumber: false,
    isGauge: false,
    isLive: false,
    widthRem: 4.5,
    grow: 1,
    value,
  }
}

type LiveColumnId = 'cpu' | 'memory' | 'netRcvd' | 'netSent' | 'ioRead' | 'ioWritten' | 'threads'

function figure(id: LiveColumnId, title: MessageKey, about?: MessageKey): Column {
  const value = (row: LiveRow): number | undefined =>
    isRunning(row.container) ? readFigure(row, id) : undefined
  const widthRem = figureWidths[id] ?? 4.5
  const isGauge = id === 'cpu' || id === 'memory'
  return {
    id,
    title,
    isNumber: true,
    isGauge,
    isLive: true,
    widthRem,
    value,
    ...(about && { about }),
  }
}

/** Longest-running first when falling; the stopped follow, by the time since their end. */
function uptimeOrder({ container }: LiveRow): number | undefined {
  if (isRunning(container)) return container.startedAt === null ? undefined : -container.startedAt
  return container.finishedAt === null
    ? undefined
    : -container.finishedAt - Number.MAX_SAFE_INTEGER / 2
}
