import { createHmac, randomBytes } from 'node:crypto'
import type { UserRecord } from './access-state.ts'
import type { Accounts } from './accounts.ts'
import type { AuditLog } from './audit-log.ts'
import type { PasswordCheck } from './password-check.ts'

/** What checking passwords of HTTP Basic works with. */
export interface BasicMemoryParts {
  readonly check: PasswordCheck
  readonly accounts: Accounts
  readonly audit: AuditLog
  readonly clock: () => number
}

interface Right {
  readonly id: string
  readonly stamp: string
  readonly untilMs: number
}

const rightMs = 60_000
const auditedMs = 3_600_000
const maxKnown = 1000

/**
 * Makes a check for programs that show name and password with each request: a right one is remembered for a minute, under a
 * hash that only this process can make, so that not each request costs 0.2 s; several at once are checked once. That somebody
 * came so is written down once an hour for each address.
 */
export function rememberRight({ check, accounts, audit, clock }: BasicMemoryParts): PasswordCheck {
  const secret = randomBytes(32)
  const known = new Map<string, Right>()
  const running = new Map<string, Promise<UserRecord | undefined>>()
  const audited = new Map<string, number>()

  function recall(key: string): UserRecord | undefined {
    const right = known.get(key)
    if (right === undefined || right.untilMs <= clock()) return undefined
    const user = accounts.findById(right.id)
    return user?.stamp === right.stamp ? user : undefined
  }
  function learn(key: string, user: UserRecord): void {
    known.delete(key)
    known.set(key, { id: user.id, stamp: user.stamp, untilMs: clock() + rightMs })
    dropOldest(known)
  }
  async function writeDown({ id, name }: UserRecord, address: string): Promise<void> {
    const lastMs = audited.get(`${id} ${address}`)
    if (lastMs !== undefined && clock() - lastMs < auditedMs) return
    audited.set(`${id} ${address}`, clock())
    dropOldest(audited)
    await audit.write({ action: 'sign-in', by: { name, address }, subject: name })
  }

  return async (shown) => {
    const { name, password, address } = shown
    const key = createHmac('sha256', secret)
      .update(JSON.stringify([name, password]))
      .digest('hex')
    const remembered = recall(key)
    if (remembered !== undefined) return remembered
    const asked = running.get(key) ?? check(shown).finally(() => running.delete(key))
    running.set(key, asked)
    const user = await asked
    if (user !== undefined) {
      learn(key, user)
      await writeDown(user, address)
    }
    return user
  }
}

function dropOldest(map: Map<string, unknown>): void {
  const oldest = map.size > maxKnown ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
}
