import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerList, ContainerRow } from '../../api/contract/containers.ts'
import type { Settings } from '../../config/settings.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { askServer } from '../server-client.ts'
import { formatBytes, formatPercent, formatTable, type TextColumn } from '../text-table.ts'

const everyMs = 1000
const clearScreen = '\u001B[H\u001B[2J'

/** `vigie stats`: the columns of `docker stats`, from the figures the server already has. */
export const stats = defineCommand({
  name: 'stats',
  about:
    'show the containers with their figures, as docker stats does; network and disk per second',
  options: [
    configOption,
    { flags: '-a, --all', about: 'also containers that are not running' },
    { flags: '--no-stream', about: 'print once and end' },
    { flags: '--format <format>', about: 'table (the default) or json, one line a container' },
  ],
  async run(_args, options, io) {
    const format = options['format'] ?? 'table'
    if (format !== 'table' && format !== 'json') {
      throw new UsageError(
        `Cannot print the format "${String(format)}": allowed are table and json`,
      )
    }
    const settings = loadSettings(options, io)
    const isStream = options['stream'] !== false
    for (;;) {
      const rows = await readRows(settings, options['all'] === true)
      const text = format === 'json' ? rows.map(toJsonLine).join('') : formatTable(columns, rows)
      io.out(isStream && format === 'table' ? `${clearScreen}${text}` : text)
      if (!isStream) return 0
      await sleep(everyMs, undefined, { signal: io.signal }).catch(() => {})
      if (io.signal.aborted) return 0
    }
  },
})

async function readRows(settings: Settings, isAll: boolean): Promise<readonly ContainerRow[]> {
  const list = await askServer<ContainerList>(
    settings,
    `/api/containers?state=${isAll ? 'all' : 'running'}`,
  )
  return list.containers.toSorted((a, b) => a.name.localeCompare(b.name))
}

const columns: readonly TextColumn<ContainerRow>[] = [
  { title: 'CONTAINER ID', text: ({ id }) => id.slice(0, 12) },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'CPU %', isNumber: true, text: ({ figures }) => formatPercent(figures.cpu) },
  {
    title: 'MEM USAGE / LIMIT',
    isNumber: true,
    text: ({ figures, memoryLimitBytes }) =>
      `${formatBytes(figures.memory)} / ${formatBytes(memoryLimitBytes)}`,
  },
  { title: 'MEM %', isNumber: true, text: (row) => formatPercent(memoryPercent(row)) },
  {
    title: 'NET I/O /s',
    isNumber: true,
    text: ({ figures }) => `${formatBytes(figures.netRcvd)} / ${formatBytes(figures.netSent)}`,
  },
  {
    title: 'BLOCK I/O /s',
    isNumber: true,
    text: ({ figures }) => `${formatBytes(figures.ioRead)} / ${formatBytes(figures.ioWritten)}`,
  },
  { title: 'PIDS', isNumber: true, text: ({ figures }) => String(figures.threads ?? '-') },
]

/** Of its own limit; without one there is nothing to be a share of. */
function memoryPercent({ figures, memoryLimitBytes }: ContainerRow): number | undefined {
  if (figures.memory === undefined || memoryLimitBytes === null) return undefined
  return (figures.memory / memoryLimitBytes) * 100
}

/** Raw numbers: bytes, bytes a second, percent of one core. */
function toJsonLine({ id, name, host, state, memoryLimitBytes, figures }: ContainerRow): string {
  return `${JSON.stringify({ id, name, host, state, memoryLimitBytes, ...figures })}\n`
}
