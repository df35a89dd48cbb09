import { createLiveTable, type LiveTable } from '../../terminal/live/live-table.ts'
import { defineCommand, type CommandIo, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { chooseRows } from '../stats/choose-rows.ts'
import { repaint } from '../stats/repaint.ts'
import { toStatValues } from '../stats/stat-fields.ts'
import { readStatsFormat } from '../stats/stats-format.ts'
import { followLive } from '../top/follow-live.ts'

/** `vigie stats`: the columns and formats of `docker stats`, from figures that the agents have read already. */
export const stats = defineCommand({
  name: 'stats',
  about:
    'show the containers with their figures, as docker stats does; network and disk per second',
  arguments: [
    { name: '[container...]', about: 'only these, by name or id; all that run when left out' },
  ],
  options: [
    configOption,
    { flags: '-a, --all', about: 'also containers that are not running' },
    { flags: '--no-stream', about: 'print once and end' },
    {
      flags: '--format <format>',
      about: 'table (the default), json, or a template: {{.Name}} {{.CPUPerc}}, table {{.Name}}',
    },
    { flags: '--no-trunc', about: 'print whole ids' },
  ],
  async run(names, options, io) {
    const print = createPrinter(names, options, io)
    const settings = loadSettings(options, io)
    const table = createLiveTable(() => performance.now())
    const isOnce = options['stream'] === false
    const done = new AbortController()
    const signal = AbortSignal.any([io.signal, done.signal])
    const faults: Error[] = []
    const onNews = (event: string): void => {
      // Agents are told once a second, after the figures of that second.
      if (event !== 'snapshot' && event !== 'agents' && event !== 'link') return
      try {
        print(table)
      } catch (error) {
        faults.push(error instanceof Error ? error : new Error(String(error)))
        done.abort()
      }
      if (isOnce) done.abort()
    }
    await followLive({ settings, table, signal, onNews })
    const [fault] = faults
    if (fault !== undefined) throw fault
    // The terminal has written ^C where the next line begins.
    if (io.isTerminal === true && !isOnce && io.signal.aborted) io.out('\n')
    return 0
  },
})

type Print = (table: LiveTable) => void

function createPrinter(names: readonly string[], options: OptionValues, io: CommandIo): Print {
  const { format } = options
  const toText = readStatsFormat(typeof format === 'string' ? format : 'table')
  const isRepainted =
    io.terminalSize !== undefined && options['stream'] !== false && format !== 'json'
  return (table) => {
    const nowMs = table.nowMs()
    const memoryOf = new Map(
      table.agents().map(({ host, hostFacts }) => [host, hostFacts.memoryBytes || undefined]),
    )
    const rows = chooseRows(table.rows(), names, options['all'] === true).map(({ row, askedAs }) =>
      toStatValues(row, {
        nowMs,
        hostMemoryBytes: memoryOf.get(row.container.host),
        isWhole: options['trunc'] === false,
        askedAs,
      }),
    )
    const link = table.link()
    const sentence = link.kind === 'lost' ? `vigie: ${link.reason}; trying again` : ''
    if (isRepainted && io.terminalSize !== undefined) {
      io.out(repaint(toText(rows), sentence, io.terminalSize()))
      return
    }
    if (sentence === '') io.out(toText(rows))
    else io.err(`${sentence}\n`)
  }
}
