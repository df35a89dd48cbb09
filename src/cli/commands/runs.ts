import type { RunList, RunRow, RunSums } from '../../api/contract/runs.ts'
import { defineCommand, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { askServer } from '../server-client.ts'
import { formatBytes, formatSeconds, formatTable, type TextColumn } from '../text-table.ts'

const sinceDefault = '1h'
/** Options that the server understands under the same name. */
const asked = ['since', 'image', 'name', 'container', 'host', 'sort', 'limit'] as const

/** `vigie runs`: what containers that have ended used, from their start to their end. */
export const runs = defineCommand({
  name: 'runs',
  about: 'list the containers that have ended, with what each run used in all, and add it up',
  options: [
    configOption,
    { flags: '--since <time>', about: `how far to look back: 15m, 1h (the default), 7d` },
    { flags: '--image <name>', about: 'only of this image; * stands for anything' },
    { flags: '--name <name>', about: 'only containers of this name; * stands for anything' },
    { flags: '--container <id>', about: 'only runs of the container whose id starts so' },
    { flags: '--host <name>', about: 'only on this host; * stands for anything' },
    {
      flags: '--sort <what>',
      about: 'finished (the default), started, duration, cpu, memory, read, written, …',
    },
    { flags: '--limit <n>', about: 'rows at most, 100 by default; the sums are over all' },
    { flags: '--json', about: 'print what the server answers' },
  ],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const list = await askServer<RunList>(settings, `/api/runs?${toSearch(options)}`)
    if (options['json'] === true) {
      io.out(`${JSON.stringify(list, null, 2)}\n`)
      return 0
    }
    const since = String(options['since'] ?? sinceDefault)
    if (list.sums.runs === 0) io.out(`No run ended in the last ${since}.\n`)
    else io.out(`${formatTable(columns, list.runs)}\n${describeSums(list, since)}\n`)
    return 0
  },
})

function toSearch(options: OptionValues): string {
  const search = new URLSearchParams({ since: sinceDefault })
  for (const name of asked) {
    const value = options[name]
    if (typeof value === 'string') search.set(name, value)
  }
  return search.toString()
}

const columns: readonly TextColumn<RunRow>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'IMAGE', text: ({ image }) => image },
  // The Swedish way of writing a time is ours.
  { title: 'STARTED', text: ({ startedAt }) => new Date(startedAt).toLocaleString('sv-SE') },
  { title: 'LASTED', isNumber: true, text: (run) => formatSeconds(lastedSeconds(run)) },
  { title: 'CPU', isNumber: true, text: ({ cpuSeconds }) => formatSeconds(cpuSeconds) },
  {
    title: 'PEAK MEM',
    isNumber: true,
    text: ({ memoryPeakBytes }) => formatBytes(memoryPeakBytes),
  },
  {
    title: 'READ / WRITTEN',
    isNumber: true,
    text: ({ readBytes, writtenBytes }) =>
      `${formatBytes(readBytes)} / ${formatBytes(writtenBytes)}`,
  },
  {
    title: 'RECEIVED / SENT',
    isNumber: true,
    text: ({ receivedBytes, sentBytes }) =>
      `${formatBytes(receivedBytes)} / ${formatBytes(sentBytes)}`,
  },
  {
    title: 'EXIT',
    isNumber: true,
    text: ({ exitCode, oomKilled }) => `${oomKilled ? 'OOM ' : ''}${exitCode ?? '-'}`,
  },
  {
    title: 'TOTALS',
    text: ({ exact, method }) => `${exact ? 'exact' : 'estimate'}, ${method.replaceAll('_', ' ')}`,
  },
]

/** A clock that was set back makes no run shorter than nothing. */
function lastedSeconds({ startedAt, finishedAt }: RunRow): number {
  return Math.max(0, finishedAt - startedAt) / 1000
}

function describeSums({ runs: shown, sums }: RunList, since: string): string {
  const count = sums.runs === 1 ? '1 run' : `${sums.runs} runs`
  const hidden = shown.length < sums.runs ? ` (${shown.length} shown)` : ''
  return [
    `${count} in the last ${since}${hidden}: CPU ${formatSeconds(sums.cpuSeconds)}`,
    `highest peak ${formatBytes(sums.memoryPeakBytes)}`,
    `read ${formatBytes(sums.readBytes)}`,
    `written ${formatBytes(sums.writtenBytes)}`,
    `received ${formatBytes(sums.receivedBytes)}`,
    `sent ${formatBytes(sums.sentBytes)}`,
    `${exactPercent(sums)} exact`,
  ].join(', ')
}

/** Rounded down: 100 % is said of all only. */
function exactPercent({ exact, runs: count }: RunSums): string {
  return `${Math.floor((exact / count) * 1000) / 10} %`
}
