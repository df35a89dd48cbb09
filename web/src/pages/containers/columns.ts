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
  /** Its cells hold a spark line, a figure and a meter. */
  readonly isGauge: boolean
  /** Its values change each second. */
  readonly isLive: boolean
  /** `undefined` sorts last, in either direction. */
  readonly value: (row: LiveRow) => number | string | undefined
}

/** All columns of the Containers table, left to right. */
export const columns: readonly Column[] = [
  text('state', 'column.state', (row) => stateRank(row.container)),
  text('name', 'column.name', (row) => row.container.name),
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
    value: (row) => row.container.restarts,
  },
  {
    id: 'uptime',
    title: 'column.uptime',
    about: 'column.uptimeLong',
    isNumber: true,
    isGauge: false,
    isLive: false,
    value: uptimeOrder,
  },
]

/** The columns to show: that of the host only where there are several. */
export function shownColumns(hasHosts: boolean): readonly Column[] {
  return hasHosts ? columns : columns.filter(({ id }) => id !== 'host')
}

/** The column of that name; `undefined` when there is none. */
export function findColumn(id: string): Column | undefined {
  return columns.find((column) => column.id === id)
}

function text(id: ColumnId, title: MessageKey, value: Column['value']): Column {
  return { id, title, isNumber: false, isGauge: false, isLive: false, value }
}

type LiveColumnId = 'cpu' | 'memory' | 'netRcvd' | 'netSent' | 'ioRead' | 'ioWritten' | 'threads'

function figure(id: LiveColumnId, title: MessageKey, about?: MessageKey): Column {
  const value = (row: LiveRow): number | undefined =>
    isRunning(row.container) ? readFigure(row, id) : undefined
  const isGauge = id === 'cpu' || id === 'memory'
  return { id, title, isNumber: true, isGauge, isLive: true, value, ...(about && { about }) }
}

/** Longest-running first when falling; the stopped follow, by the time since their end. */
function uptimeOrder({ container }: LiveRow): number | undefined {
  if (isRunning(container)) return container.startedAt === null ? undefined : -container.startedAt
  return container.finishedAt === null
    ? undefined
    : -container.finishedAt - Number.MAX_SAFE_INTEGER / 2
}
