import type { TableCheck } from '../../store/check/check-tables.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { borrowStore, refuseRemote } from '../store/borrow-store.ts'
import { formatBytes, formatTable, type TextColumn } from '../text-table.ts'

/** `vigie store check`: whether all that is stored can be read. */
export const store = defineCommand({
  name: 'store',
  about: 'check: read every piece of the store and compare it with its checksums',
  arguments: [{ name: '<what>', about: 'check' }],
  options: [configOption, { flags: '--json', about: 'print what was found as JSON' }],
  async run([what = ''], options, io) {
    if (what !== 'check') throw new UsageError(`saw "${what}"; allowed: check`)
    const settings = loadSettings(options, io)
    refuseRemote(settings, 'check it with its own CHECK TABLE')
    const borrowed = await borrowStore(settings)
    try {
      const tables: TableCheck[] = []
      for await (const table of borrowed.checkTables(io.signal)) {
        tables.push(table)
        io.showProgress?.(`${table.table} is checked`)
      }
      io.showProgress?.('')
      const isWhole = tables.every(({ broken, setAside }) => broken.length + setAside.length === 0)
      if (options['json'] === true) io.out(`${JSON.stringify({ isWhole, tables }, null, 2)}\n`)
      else io.out(`${formatTable(columns, tables)}\n${describe(tables, isWhole)}\n`)
      return isWhole ? 0 : 1
    } finally {
      await borrowed.close()
    }
  },
})

const columns: readonly TextColumn<TableCheck>[] = [
  { title: 'TABLE', text: ({ table }) => table },
  { title: 'ROWS', isNumber: true, text: ({ rows }) => String(rows) },
  { title: 'DISK', isNumber: true, text: ({ bytesOnDisk }) => formatBytes(bytesOnDisk) },
  { title: 'PIECES', isNumber: true, text: ({ parts }) => String(parts) },
  { title: 'BROKEN', isNumber: true, text: ({ broken }) => String(broken.length) },
  { title: 'SET ASIDE', isNumber: true, text: ({ setAside }) => String(setAside.length) },
]

function describe(tables: readonly TableCheck[], isWhole: boolean): string {
  const bytes = tables.reduce((sum, { bytesOnDisk }) => sum + bytesOnDisk, 0)
  if (isWhole) return `All of ${formatBytes(bytes)} can be read.`
  const faults = tables.flatMap(({ table, broken, setAside }) => [
    ...broken.map(({ part, reason }) => `${table}: ${part} is broken: ${reason}`),
    ...setAside.map((part) => `${table}: ${part} could not be read and was set aside`),
  ])
  return [
    ...faults,
    'The rows of these pieces are missing from answers; "vigie restore" puts a backup into another data folder.',
  ].join('\n')
}
