import type { TokenRow } from '../../api/contract/access.ts'
import { formatTime, readRole, runOnDesk, type DeskActions } from '../access/run-on-desk.ts'
import { defineCommand } from '../command.ts'
import { configOption } from '../load-settings.ts'
import { formatTable, type TextColumn } from '../text-table.ts'

/** `vigie token`: tokens of programs that ask as a person. */
export const token = defineCommand({
  name: 'token',
  about: 'create, list or revoke tokens with which programs ask as a person; counts at once',
  arguments: [
    { name: '<what>', about: 'create NAME, list, revoke ID' },
    { name: '[name]', about: 'what the token is called, or its id' },
  ],
  options: [
    configOption,
    {
      flags: '--user <name>',
      about: 'whose token it is to be; not needed where there is one account',
    },
    { flags: '--role <role>', about: 'at most that of the account, which it has when not given' },
    { flags: '--json', about: 'print JSON' },
  ],
  run: (args, options, io) => runOnDesk(actions, args, { options, io }),
})

const actions: DeskActions = {
  create: {
    needs: 'a name for the token',
    async run({ desk, subject, options, io }) {
      const owner = typeof options['user'] === 'string' ? options['user'] : undefined
      const made = await desk.createToken({ owner, name: subject, role: readRole(options) })
      if (options['json'] === true) io.out(`${JSON.stringify(made, null, 2)}\n`)
      else {
        const { id, name, role } = made.row
        io.out(`${made.token}\n`)
        io.err(
          `This is the token "${name}" (${id}) of ${made.row.owner}, ${role}; it is not shown again.\n`,
        )
      }
    },
  },
  list: {
    async run({ desk, options, io }) {
      const list = await desk.listTokens({})
      if (options['json'] === true) io.out(`${JSON.stringify(list, null, 2)}\n`)
      else if (list.tokens.length === 0) io.out('There are no tokens.\n')
      else io.out(formatTable(columns, list.tokens))
    },
  },
  revoke: {
    needs: 'the id of a token',
    async run({ desk, subject, io }) {
      const { tokens } = await desk.revokeToken({ id: subject })
      io.out(`Revoked; ${tokens.length} left.\n`)
    },
  },
}

const columns: readonly TextColumn<TokenRow>[] = [
  { title: 'ID', text: ({ id }) => id },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'OF', text: ({ owner }) => owner },
  { title: 'ROLE', text: ({ role }) => role },
  { title: 'ENDS IN', text: ({ end }) => end },
  { title: 'CREATED', text: ({ createdAt }) => formatTime(createdAt) },
  { title: 'LAST USED', text: ({ lastUsedAt }) => formatTime(lastUsedAt) },
]
