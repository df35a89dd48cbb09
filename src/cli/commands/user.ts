import type { UserRow } from '../../api/contract/access.ts'
import { passwordOptions, readPassword } from '../access/read-password.ts'
import {
  formatTime,
  readRole,
  runOnDesk,
  type DeskActions,
  type DeskCall,
} from '../access/run-on-desk.ts'
import { defineCommand, UsageError, type OptionValues } from '../command.ts'
import { configOption } from '../load-settings.ts'
import { formatTable, type TextColumn } from '../text-table.ts'

/** `vigie user`: the accounts of people. */
export const user = defineCommand({
  name: 'user',
  about: 'add, list, change or remove accounts of people; counts at once',
  arguments: [
    { name: '<what>', about: 'add NAME, list, set NAME, password NAME, remove NAME' },
    { name: '[name]', about: 'of the account' },
  ],
  options: [
    configOption,
    {
      flags: '--role <role>',
      about: 'viewer (looks), editor (changes what all see) or admin (says who may)',
    },
    { flags: '--scope <tags>', about: 'containers they may see: "team:web -env:test"; "" for all' },
    ...passwordOptions,
    { flags: '--json', about: 'print JSON' },
  ],
  run: (args, options, io) => runOnDesk(actions, args, { options, io }),
})

const actions: DeskActions = {
  add: {
    needs: 'a name',
    async run(call) {
      const { desk, subject: name, options, io } = call
      const role = readRole(options) ?? 'viewer'
      const { password, isMade } = await readPassword(options, io)
      const scope = readScope(options) ?? ''
      tellUser(call, await desk.addUser({ name, role, scope, password }))
      if (isMade) io.out(`${password}\n`)
    },
  },
  list: {
    async run({ desk, options, io }) {
      const list = await desk.listUsers({})
      if (options['json'] === true) io.out(`${JSON.stringify(list, null, 2)}\n`)
      else if (list.users.length === 0) io.out('There are no accounts.\n')
      else io.out(formatTable(columns, list.users))
    },
  },
  set: {
    needs: 'the name of an account',
    async run(call) {
      const { desk, subject: name, options } = call
      const [role, scope] = [readRole(options), readScope(options)]
      if (role === undefined && scope === undefined) {
        throw new UsageError('set needs --role or --scope; "password" sets a password')
      }
      const change = { ...(role !== undefined && { role }), ...(scope !== undefined && { scope }) }
      tellUser(call, await desk.changeUser({ name, ...change }))
    },
  },
  password: {
    needs: 'the name of an account',
    async run(call) {
      const { desk, subject: name, options, io } = call
      const { password, isMade } = await readPassword(options, io)
      tellUser(call, await desk.changeUser({ name, password }))
      if (isMade) io.out(`${password}\n`)
    },
  },
  remove: {
    needs: 'the name of an account',
    async run({ desk, subject, io }) {
      const { users } = await desk.removeUser({ name: subject })
      io.out(`Removed ${subject}, with sessions and tokens; ${users.length} left.\n`)
    },
  },
}

function readScope({ scope }: OptionValues): string | undefined {
  return typeof scope === 'string' ? scope : undefined
}

/** On standard error, so that a password that is made stands alone on standard output. */
function tellUser({ options, io }: DeskCall, row: UserRow): void {
  if (options['json'] === true) io.err(`${JSON.stringify(row, null, 2)}\n`)
  else io.err(`${row.name} is ${row.role} and sees ${row.scope ?? 'everything'}.\n`)
}

const columns: readonly TextColumn<UserRow>[] = [
  { title: 'NAME', text: ({ name }) => name },
  { title: 'ROLE', text: ({ role }) => role },
  { title: 'SEES', text: ({ scope }) => scope ?? 'everything' },
  { title: 'SIGNS IN BY', text: ({ kind }) => kind },
  { title: 'CREATED', text: ({ createdAt }) => formatTime(createdAt) },
  { title: 'LAST SIGN-IN', text: ({ lastSignInAt }) => formatTime(lastSignInAt) },
]
