import type { Access } from '../../access/open-access.ts'
import type { UserRecord } from '../../access/access-state.ts'
import type {
  AuditList,
  KeyList,
  KeyRow,
  NewKey,
  NewToken,
  RoleName,
  TokenList,
  UserChange,
  UserList,
  UserRow,
} from '../../api/contract/access.ts'
import { toKeyRow, toTokenRow, toUserRow } from '../../api/rows/access-rows.ts'
import { HttpError } from '../../http/http-error.ts'

/** What commands do with who is let in. What is given and what comes back are plain data, so that a server can be asked. */
export interface AccessDesk {
  readonly createKey: (given: { readonly name: string }) => Promise<NewKey>
  readonly listKeys: (given: object) => Promise<KeyList>
  readonly revokeKey: (given: { readonly id: string }) => Promise<KeyList>
  readonly addUser: (given: GivenUser) => Promise<UserRow>
  readonly listUsers: (given: object) => Promise<UserList>
  readonly changeUser: (given: UserChange & { readonly name: string }) => Promise<UserRow>
  readonly removeUser: (given: { readonly name: string }) => Promise<UserList>
  readonly createToken: (given: GivenToken) => Promise<NewToken>
  readonly listTokens: (given: object) => Promise<TokenList>
  readonly revokeToken: (given: { readonly id: string }) => Promise<TokenList>
  readonly listAudit: (given: { readonly limit: number }) => Promise<AuditList>
}

interface GivenUser {
  readonly name: string
  readonly role: RoleName
  readonly scope: string
  readonly password: string
}

interface GivenToken {
  /** The name of an account; absent: the only one there is. */
  readonly owner?: string | undefined
  readonly name: string
  readonly role?: RoleName | undefined
}

/** Whoever has the data folder may do everything. */
const by = { name: 'command line' }

/** The desk of accounts, keys and tokens that are open in this process. */
export function openDesk({ keys, accounts, tokens, audit }: Access): AccessDesk {
  const listKeys = async (): Promise<KeyList> => ({ keys: keys.list().map(toKeyRow) })
  const listUsers = async (): Promise<UserList> => ({ users: accounts.list().map(toUserRow) })
  const listTokens = async (): Promise<TokenList> => ({ tokens: tokens.list().map(toTokenRow) })
  return {
    async createKey({ name }) {
      const { row, key } = await keys.create(name, by)
      return { row: toKeyRow(row), key }
    },
    listKeys,
    async revokeKey({ id }) {
      await keys.revoke(findKey(keys.list().map(toKeyRow), id), by)
      return listKeys()
    },
    addUser: async (account) => toUserRow(await accounts.add(account, by)),
    listUsers,
    changeUser: async ({ name, ...change }) => toUserRow(await accounts.change(name, change, by)),
    async removeUser({ name }) {
      await accounts.remove(name, by)
      return listUsers()
    },
    async createToken({ owner: ownerName, ...wanted }) {
      const owner = findOwner(accounts.list(), ownerName)
      const { row, token } = await tokens.create({ ...wanted, owner }, by)
      return { row: toTokenRow(row), token }
    },
    listTokens,
    async revokeToken({ id }) {
      await tokens.revoke(id, by)
      return listTokens()
    },
    listAudit: async ({ limit }) => ({ entries: await audit.newest(limit) }),
  }
}

/** A key may be told by its name, where only one has it. */
function findKey(keys: readonly KeyRow[], idOrName: string): string {
  const named = keys.filter(({ name, revocable }) => revocable && name === idOrName)
  return named.length === 1 ? (named[0]?.id ?? idOrName) : idOrName
}

function findOwner(users: readonly UserRecord[], name: string | undefined): UserRecord {
  const found =
    name === undefined
      ? users
      : users.filter((user) => user.name.toLowerCase() === name.toLowerCase())
  const [owner] = found
  if (owner !== undefined && found.length === 1) return owner
  const seen =
    name === undefined
      ? `there are ${users.length} accounts`
      : `there is no "${name.slice(0, 100)}"`
  throw new HttpError(
    400,
    `Cannot make a token: ${seen}; say with --user whose it is to be, "vigie user list" shows all`,
  )
}
