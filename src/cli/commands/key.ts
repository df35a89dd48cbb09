import type { KeyRow } from '../../api/contract/access.ts'
import { formatTime, runOnDesk, type DeskActions } from '../access/run-on-desk.ts'
import { defineCommand } from '../command.ts'
import { configOption } from '../load-settings.ts'
import { formatTable, type TextColumn } from '../text-table.ts'

/** `vigie key`: the API keys of agents. */
export const key = defineCommand({
  name: 'key',
  about: 'create, list or revoke API keys that agents show to the server; counts at once',
  arguments: [
    { name: '<what>', about: 'create NAME, list, revoke ID' },
    { name: '[name]', about: 'what the key is called, or its id' },
  ],
  options: [configOption, { flags: '--json', about: 'print JSON' }],
  run: (args, options, io) => runOnDesk(actions, args, { options, io }),
})

const actions: DeskActions = {
  create: {
    needs: 'a name for the key',
    async run({ desk, subject, options, io }) {
      const made = await desk.createKey({ name: subject })
      if (options['json'] === true) io.out(`${JSON.stringify(made, null, 2)}\n`)
      else {
        io.out(`${made.key}\n`)
        io.err(`This is the key "${made.row.name}" (${made.row.id}); it is not shown again.\n`)
      }
    },
  },
  list: {
    async run({ desk, options, io }) {
      const list = await desk.listKeys({})
      if (options['json'] === true) io.out(`${JSON.stringify(list, null, 2)}\n`)
      else io.out(formatTable(columns, list.keys))
    },
  },
  revoke: {
    needs: 'the id of a key',
    async run({ desk, subject, io }) {
      const { keys } = await desk.revokeKey({ id: subject })
      io.out(`Revoked; ${keys.length} left.\n`)
    },
  },
}

const columns: readonly TextColumn<KeyRow>[] = [
  { title: 'ID', text: ({ id }) => id },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'ENDS IN', text: ({ end }) => end },
  { title: 'CREATED', text: ({ createdAt }) => formatTime(createdAt) },
  { title: 'BY', text: ({ createdBy }) => createdBy ?? '-' },
  { title: 'LAST USED', text: ({ lastUsedAt }) => formatTime(lastUsedAt) },
]
