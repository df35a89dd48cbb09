import type { UserRecord } from '../../access/access-state.ts'
import type { AgentKey } from '../../access/agent-keys.ts'
import { formatTagScope } from '../../access/tag-scope.ts'
import type { ApiToken } from '../../access/tokens.ts'
import type { Person } from '../../model/person.ts'
import type { KeyRow, PersonRow, TokenRow, UserRow } from '../contract/access.ts'

export function toPersonRow({ name, role, scope, via }: Person): PersonRow {
  return { name, role, scope: scope === undefined ? null : formatTagScope(scope), via }
}

export function toKeyRow({ id, name, end, made, lastUsedAtMs }: AgentKey): KeyRow {
  return {
    id,
    name,
    end,
    createdAt: made?.atMs ?? null,
    createdBy: made?.by ?? null,
    lastUsedAt: lastUsedAtMs ?? null,
    revocable: made !== undefined,
  }
}

export function toUserRow(user: UserRecord): UserRow {
  return {
    name: user.name,
    role: user.role,
    scope: user.scope === '' ? null : user.scope,
    kind: user.password === undefined ? 'provider' : 'password',
    createdAt: user.createdAtMs,
    lastSignInAt: user.lastSignInAtMs ?? null,
  }
}

export function toTokenRow({ createdAtMs, lastUsedAtMs, ...token }: ApiToken): TokenRow {
  return { ...token, createdAt: createdAtMs, lastUsedAt: lastUsedAtMs ?? null }
}
