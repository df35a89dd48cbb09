import type { AuditEntry } from '../../api/contract/access.ts'
import { borrowDesk } from '../access/borrow-desk.ts'
import { formatTime } from '../access/run-on-desk.ts'
import { defineCommand, UsageError } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { toPlainText } from '../../terminal/text/plain-text.ts'
import { formatTable, type TextColumn } from '../text-table.ts'

const most = 1000

/** `vigie audit`: who signed in, and who changed keys, accounts and tokens. */
export const audit = defineCommand({
  name: 'audit',
  about: 'show who signed in, tried to, and changed keys, accounts and tokens; oldest first',
  options: [
    configOption,
    {
      flags: '-n, --lines <n>',
      about: `how many of the newest; 50 unless told otherwise, ${most} at most`,
    },
    { flags: '--json', about: 'print JSON, one line each' },
  ],
  async run(_args, options, io) {
    const limit = readLines(options['lines'] ?? '50')
    const desk = await borrowDesk(loadSettings(options, io))
    try {
      const { entries } = await desk.listAudit({ limit })
      const oldestFirst = entries.toReversed()
      if (options['json'] === true) {
        io.out(oldestFirst.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      } else if (entries.length === 0) io.out('Nothing is written down yet.\n')
      else io.out(formatTable(columns, oldestFirst))
      return 0
    } finally {
      await desk.close()
    }
  },
})

function readLines(text: unknown): number {
  const lines = typeof text === 'string' && /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (lines >= 1 && lines <= most) return lines
  throw new UsageError(`saw --lines ${String(text)}; allowed: 1 to ${most}`)
}

const columns: readonly TextColumn<AuditEntry>[] = [
  { title: 'TIME', text: ({ time }) => formatTime(time) },
  { title: 'WHAT', text: ({ action }) => toPlainText(action) },
  { title: 'BY', text: ({ by }) => toPlainText(by) },
  { title: 'FROM', text: ({ address }) => toPlainText(address ?? '-') },
  { title: 'SUBJECT', text: ({ subject }) => toPlainText(subject) },
]
