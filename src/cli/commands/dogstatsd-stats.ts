import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { askDoor } from '../control-client.ts'
import { defineCommand, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { formatTable, type TextColumn } from '../text-table.ts'

/** A line of the agent's answer. */
interface StatsRow {
  readonly id: number
  readonly name: string
  readonly tags: readonly string[]
  readonly count: number
  readonly lastSeenMs: number
}

/** `vigie dogstatsd-stats`: the metrics that are being sent, and how often. */
export const dogstatsdStats = defineCommand({
  name: 'dogstatsd-stats',
  about: 'list the metrics that DogStatsD receives, those with most samples first',
  options: [
    configOption,
    { flags: '-j, --json', about: 'print JSON of the same form as the Datadog Agent does' },
    { flags: '-p, --pretty-json', about: 'the same, indented' },
    { flags: '-o, --file <path>', about: 'write to a file that is not there yet' },
  ],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const question = { name: 'dogstatsd-stats', signal: io.signal }
    const rows = await Array.fromAsync(askDoor<StatsRow>(settings, question))
    if (io.signal.aborted) return 1
    const text = format(rows, options)
    const { file } = options
    if (typeof file !== 'string') {
      io.out(text)
      return 0
    }
    const path = resolve(io.cwd, file)
    await writeNew(path, text)
    io.out(`Wrote ${path}\n`)
    return 0
  },
})

function format(rows: readonly StatsRow[], options: OptionValues): string {
  const sorted = rows.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1))
  if (options['prettyJson'] === true) return `${JSON.stringify(toDocument(sorted), null, 2)}\n`
  if (options['json'] === true) return `${JSON.stringify(toDocument(sorted))}\n`
  return sorted.length === 0 ? 'No metrics received yet.\n' : formatTable(columns, sorted)
}

const columns: readonly TextColumn<StatsRow>[] = [
  { title: 'METRIC', text: ({ name }) => toPlainText(name) },
  { title: 'TAGS', text: ({ tags }) => toPlainText(tags.join(' ')) },
  { title: 'COUNT', isNumber: true, text: ({ count }) => String(count) },
  // The Swedish way of writing a time is ours.
  { title: 'LAST SEEN', text: ({ lastSeenMs }) => new Date(lastSeenMs).toLocaleString('sv-SE') },
]

/** Anybody may send a name; the terminal is not to obey it. */
function toPlainText(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?')
}

/** An object by a number for each context. @see DataDog/datadog-agent, comp/dogstatsd/serverDebug */
function toDocument(rows: readonly StatsRow[]): Record<string, unknown> {
  return Object.fromEntries(
    rows.map(({ id, name, tags, count, lastSeenMs }) => [
      String(id),
      { name, count, last_seen: new Date(lastSeenMs).toISOString(), tags: tags.join(' ') },
    ]),
  )
}

async function writeNew(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (cause) {
    if (Object(cause).code !== 'EEXIST') throw cause
    const message = `Cannot write ${path}: it is there already; remove it, or name another file`
    throw Object.assign(new Error(message, { cause }), { code: 'FILE_EXISTS' })
  }
}
