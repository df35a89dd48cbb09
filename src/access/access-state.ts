import { z } from 'zod'
import { roles } from '../model/person.ts'
import { storedPasswordPattern } from './password-hash.ts'
import { parseTagScope } from './tag-scope.ts'

/** Bounds of what may be there. */
export const maxRecords = { keys: 5000, users: 1000, tokens: 5000, sessions: 10_000 } as const

const version = z.literal(1)
const text = z.string().max(300)
const timeMs = z.number()
const hash = z.string().regex(/^[0-9a-f]{64}$/)

const key = z.strictObject({
  id: text,
  name: text,
  hash,
  end: text,
  createdAtMs: timeMs,
  createdBy: text,
  lastUsedAtMs: timeMs.optional(),
})

const user = z.strictObject({
  /** Stays when everything else changes; one who is removed and added again has another. */
  id: text,
  name: text,
  role: z.enum(roles),
  /** As it was typed; empty: everything. */
  scope: z.string().refine((scope) => isScope(scope), 'it is no scope'),
  /** Absent for one who signs in at a provider. */
  password: z.string().regex(storedPasswordPattern).optional(),
  /** Whom the provider vouches for, by its own names; absent for one with a password. */
  provider: z.strictObject({ issuer: z.string().max(2000), subject: text }).optional(),
  /** Another one whenever what sessions were opened on has changed: password, role or scope. */
  stamp: text,
  createdAtMs: timeMs,
  lastSignInAtMs: timeMs.optional(),
})

const token = z.strictObject({
  id: text,
  name: text,
  /** The user's id. */
  owner: text,
  role: z.enum(roles),
  hash,
  end: text,
  createdAtMs: timeMs,
  lastUsedAtMs: timeMs.optional(),
})

const session = z.strictObject({
  hash,
  /** The user's id; absent: who showed the access token. */
  user: text.optional(),
  stamp: text,
  createdAtMs: timeMs,
  lastUsedAtMs: timeMs,
})

/** What `keys-….json` holds. */
export const keysSchema = z.strictObject({ version, keys: z.array(key).readonly() })

/** What `people-….json` holds: who may sign in, and the tokens they own. */
export const peopleSchema = z.strictObject({
  version,
  users: z.array(user).readonly(),
  tokens: z.array(token).readonly(),
})

/** What `sessions-….json` holds. */
export const sessionsSchema = z.strictObject({ version, sessions: z.array(session).readonly() })

/** An API key of agents, without the key. */
export type KeyRecord = Readonly<z.infer<typeof key>>
/** An account. */
export type UserRecord = Readonly<z.infer<typeof user>>
/** A token of a program that asks as a person, without the token. */
export type TokenRecord = Readonly<z.infer<typeof token>>
/** Somebody who is signed in. */
export type SessionRecord = Readonly<z.infer<typeof session>>

/** All keys of agents that were made here. */
export type KeysState = Readonly<z.infer<typeof keysSchema>>
/** All accounts and tokens. */
export type PeopleState = Readonly<z.infer<typeof peopleSchema>>
/** All sessions. */
export type SessionsState = Readonly<z.infer<typeof sessionsSchema>>

function isScope(scope: string): boolean {
  try {
    parseTagScope(scope)
    return true
  } catch {
    return false
  }
}
