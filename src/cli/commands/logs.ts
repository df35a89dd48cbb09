import type { LogRow } from '../../api/contract/logs.ts'
import { defineCommand, type CommandIo, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { followLines } from '../logs/follow-lines.ts'
import { createLinePrinter } from '../logs/line-printer.ts'
import { readLogsOptions } from '../logs/logs-options.ts'
import { readHistory } from '../logs/read-history.ts'

/** Lines that are remembered, so that one that comes again is not printed again. */
const maxRemembered = 10_000

/** `vigie logs`: lines of containers, those that were and those that come. */
export const logs = defineCommand({
  name: 'logs',
  about: 'print log lines that match a query, the oldest first; -f goes on with those that come',
  arguments: [
    {
      name: '[query...]',
      about: 'words, "phrases", key:value, /regex/, -word after --; every line when left out',
    },
  ],
  options: [
    configOption,
    { flags: '-f, --follow', about: 'go on with new lines until Ctrl-C' },
    {
      flags: '--since <time>',
      about: 'from so long ago (15m, the default; 2h, 7d), or from a time (2026-01-31T08:00:00Z)',
    },
    { flags: '--until <time>', about: 'up to so long ago, or up to a time; now by default' },
    {
      flags: '--container <name>',
      about: 'only this container, by its name (* stands for anything) or id; may be repeated',
      isRepeatable: true,
    },
    { flags: '--host <name>', about: 'only this host; may be repeated', isRepeatable: true },
    { flags: '--level <level>', about: 'only this level and those above it: warn, error, …' },
    {
      flags: '-n, --lines <count>',
      about: 'only the newest so many, whenever that was; 100 with -f alone',
    },
    { flags: '-t, --timestamps', about: 'print the date, nanoseconds and UTC' },
    { flags: '--json', about: 'print one JSON object a line' },
    {
      flags: '--no-color',
      about: 'without colours, also those of the lines; NO_COLOR does the same',
    },
  ],
  async run(words, options, io) {
    const settings = loadSettings(options, io)
    const asked = readLogsOptions(words, options, Date.now())
    const print = createLinePrinter({
      isJson: options['json'] === true,
      isColoured: isColoured(options, io),
      hasTimestamps: options['timestamps'] === true,
    })
    const fresh = createFreshFilter()
    const onRows = (rows: readonly LogRow[]): void => io.out(fresh(rows).map(print).join(''))
    const { signal } = io
    const { tail } = await readHistory({ settings, options: asked, signal }, onRows)
    if (options['follow'] !== true) return 0
    await followLines({
      settings,
      query: asked.query,
      after: tail,
      signal,
      onRows,
      onSkipped: (count) => io.err(`vigie: ${count} lines came too fast and were skipped\n`),
      onBroken: (sentence) => io.err(`vigie: ${sentence}; trying again\n`),
    })
    return 0
  },
})

/** @see https://no-color.org */
function isColoured(options: OptionValues, io: CommandIo): boolean {
  return io.isTerminal === true && options['color'] !== false && !io.env['NO_COLOR']
}

/** Leaves out rows that came before. */
function createFreshFilter(): (rows: readonly LogRow[]) => readonly LogRow[] {
  let known = new Set<string>()
  let older = new Set<string>()
  return (rows) => {
    if (known.size > maxRemembered) {
      older = known
      known = new Set()
    }
    const news = rows.filter(({ id }) => !known.has(id) && !older.has(id))
    for (const { id } of rows) known.add(id)
    return news
  }
}
