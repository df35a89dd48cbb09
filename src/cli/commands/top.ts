import { parseFilter } from '../../api/contract/container-filter/parse-filter.ts'
import { columnIds } from '../../terminal/view/columns.ts'
import { firstView, sortBy, type View } from '../../terminal/view/view.ts'
import { defineCommand, UsageError, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

/** There is no terminal to draw on; the message says what to use instead. */
class NoTerminalError extends Error {
  override readonly name = 'NoTerminalError'
  readonly code = 'NO_TERMINAL'
}

/** `vigie top`: the containers on a whole screen, each second. */
export const top = defineCommand({
  name: 'top',
  about:
    'watch the containers on a whole screen, each second: figures, charts, logs; ? lists its keys',
  options: [
    configOption,
    { flags: '-a, --all', about: 'also containers that are not running' },
    { flags: '--host <name>', about: 'only containers of this host' },
    {
      flags: '--filter <filter>',
      about: 'words, key:value, -key:value, cpu:>50; all have to hold',
    },
    { flags: '--sort <column>', about: `the column that comes first: ${columnIds.join(', ')}` },
    { flags: '--once', about: 'print the screen once, without control codes, and end' },
  ],
  async run(_args, options, io) {
    const view = readView(options)
    const settings = loadSettings(options, io)
    if (options['once'] === true) {
      const { printOnce } = await import('../top/print-once.ts')
      await printOnce(settings, view, io)
      return 0
    }
    const { openTerminal } = io
    if (openTerminal === undefined || io.env['TERM'] === 'dumb') {
      const seen = openTerminal === undefined ? 'there is no terminal' : 'TERM is dumb'
      throw new NoTerminalError(
        `Cannot draw whole screens: ${seen}; use "vigie top --once", or "vigie stats", which prints lines`,
      )
    }
    const { runTop } = await import('../top/run-top.ts')
    await runTop({ settings, view, io, openTerminal })
    return 0
  },
})

function readView(options: OptionValues): View {
  const { host, filter, sort } = options
  return {
    ...firstView,
    isAll: options['all'] === true,
    ...(typeof host === 'string' && { host }),
    ...(typeof filter === 'string' && { filterText: readFilter(filter) }),
    ...(typeof sort === 'string' && { sort: readSort(sort) }),
  }
}

function readFilter(text: string): string {
  const [problem] = parseFilter(text).problems
  if (problem === undefined) return text
  const example = problem.example === '' ? 'web -image:redis' : problem.example
  throw new UsageError(
    `Cannot use --filter: "${problem.term}" makes no sense; write it as in "${example}"`,
  )
}

function readSort(name: string): View['sort'] {
  const column = columnIds.find((id) => id.toLowerCase() === name.toLowerCase())
  if (column !== undefined) return sortBy(column)
  throw new UsageError(`Cannot use --sort ${name}: allowed are ${columnIds.join(', ')}`)
}
