import type { Person } from '../model/person.ts'
import { isSameSecret } from '../http/constant-time.ts'
import {
  maxRecords,
  type SessionRecord,
  type SessionsState,
  type UserRecord,
} from './access-state.ts'
import type { Accounts } from './accounts.ts'
import { LastUsed } from './last-used.ts'
import { hashSecret, makeSessionSecret } from './secrets.ts'
import type { StateFile } from './state-file.ts'
import { createIndex } from './state-index.ts'
import { toPerson } from './to-person.ts'

/** Who is signed in, by the secrets in their cookies. */
export interface Sessions {
  /** Whose session it is; undefined when it has ended, or there is none. Asking keeps it from ending. */
  readonly personOf: (secret: string) => Person | undefined
  /**
   * Begins one.
   * @param user Absent: whoever showed the access token.
   * @returns Its secret.
   */
  readonly open: (user?: UserRecord) => Promise<string>
  readonly end: (secret: string) => Promise<void>
  /** Writes down when sessions were used last. */
  readonly flush: () => Promise<void>
}

export interface SessionsOptions {
  readonly file: StateFile<SessionsState>
  readonly accounts: Accounts
  /** Of the configuration: its sessions end when there is another one. */
  readonly accessToken: string | undefined
  /** Time without a request after which a session ends. */
  readonly idleMs: number
  readonly clock: () => number
}

/** How many times the idle time a session lasts at most, however much it is used. */
const longestIdles = 4
const maxOfOne = 50

/** How long a session lasts at most. */
export function longestSessionMs(idleMs: number): number {
  return idleMs * longestIdles
}

/** Opens the sessions. Only their hashes are kept, and they outlive the server's process. */
export function openSessions(options: SessionsOptions): Sessions {
  const { file, accounts, accessToken, idleMs, clock } = options
  const used = new LastUsed()
  const find = createIndex(
    file,
    ({ sessions }) => sessions,
    ({ hash }) => hash,
  )

  /** Nobody tells us who is let in no longer at a provider, so their people have to show up there that often. */
  function longestMs(id: string | undefined): number {
    const isProvided = id !== undefined && accounts.findById(id)?.provider !== undefined
    return isProvided ? idleMs : longestSessionMs(idleMs)
  }
  function isOver({ hash, user, createdAtMs, lastUsedAtMs }: SessionRecord): boolean {
    const now = clock()
    const lastMs = used.of(hash, lastUsedAtMs) ?? lastUsedAtMs
    return now - lastMs >= idleMs || now - createdAtMs >= longestMs(user)
  }
  /** undefined as well when what it was opened on is not what it was: another password, role, scope or token. */
  function ownerOf({ hash, user: id, stamp }: SessionRecord): Person | undefined {
    if (id === undefined) {
      const isSame = accessToken !== undefined && isSameSecret(stamp, tokenStamp(hash, accessToken))
      return isSame ? tokenHolder('session') : undefined
    }
    const user = accounts.findById(id)
    return user === undefined || user.stamp !== stamp ? undefined : toPerson(user, 'session')
  }
  return {
    personOf(secret) {
      const session = find(hashSecret(secret))
      if (session === undefined || isOver(session)) return undefined
      const person = ownerOf(session)
      if (person !== undefined) used.mark(session.hash, clock())
      return person
    },
    async open(user) {
      const secret = makeSessionSecret()
      const hash = hashSecret(secret)
      const stamp = user?.stamp ?? tokenStamp(hash, accessToken ?? '')
      const times = { createdAtMs: clock(), lastUsedAtMs: clock() }
      const session = { hash, stamp, ...times, ...(user !== undefined && { user: user.id }) }
      await file.change(({ sessions, ...state }) => {
        const left = sessions.filter((one) => !isOver(one) && ownerOf(one) !== undefined)
        return { state: { ...state, sessions: addSession(left, session) }, result: undefined }
      })
      return secret
    },
    end: (secret) =>
      file.change((state) => {
        const sessions = state.sessions.filter(({ hash }) => hash !== hashSecret(secret))
        const isThere = sessions.length < state.sessions.length
        return { state: isThere ? { ...state, sessions } : state, result: undefined }
      }),
    flush: () =>
      file.change((state) => {
        const sessions = used.merge(state.sessions, ({ hash }) => hash)
        used.keepOnly(new Set(sessions.map(({ hash }) => hash)))
        const isSame = sessions === state.sessions
        return { state: isSame ? state : { ...state, sessions }, result: undefined }
      }),
  }
}

/** Who shows `vigie.access_token`. */
export function tokenHolder(via: 'session' | 'token'): Person {
  return { name: 'access token', role: 'admin', via }
}

/** Tells whether the access token is still the same, and gives nothing away that the hash of the session would not. */
function tokenStamp(hash: string, accessToken: string): string {
  return hashSecret(`${hash} ${accessToken}`)
}

/** The ones used longest ago make room. */
function addSession(
  sessions: readonly SessionRecord[],
  session: SessionRecord,
): readonly SessionRecord[] {
  const newestFirst = sessions.toSorted((a, b) => b.lastUsedAtMs - a.lastUsedAtMs)
  const own = newestFirst.filter(({ user }) => user === session.user).slice(maxOfOne - 1)
  const tooMany = new Set([...own, ...newestFirst.slice(maxRecords.sessions - 1)])
  return [...sessions.filter((one) => !tooMany.has(one)), session]
}
