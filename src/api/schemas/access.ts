import { z } from 'zod'
import type {
  AddHost,
  AddHostHelp,
  AuditEntry,
  AuditList,
  KeyList,
  KeyRow,
  Me,
  NewKey,
  NewToken,
  NewUser,
  PasswordChange,
  PersonRow,
  SignIn,
  TokenList,
  TokenRow,
  UserList,
  UserRow,
} from '../contract/access.ts'

const text = z.string()
const timeMs = z.number().meta({ description: 'Unix milliseconds' })
const role = z.enum(['viewer', 'editor', 'admin'])
const scope = text.nullable().meta({ description: '`team:web -env:test`; null: everything' })

const person = z.object({
  name: text,
  role,
  scope,
  via: z.enum(['session', 'token', 'password', 'open']),
}) satisfies z.ZodType<PersonRow>

/** `Me` of the contract. */
export const meSchema = z.object({
  signInNeeded: z.boolean(),
  person: person.nullable(),
  ways: z.object({ password: z.boolean(), token: z.boolean(), provider: text.nullable() }),
}) satisfies z.ZodType<Me>

const key = z.object({
  id: text,
  name: text,
  end: text,
  createdAt: timeMs.nullable(),
  createdBy: text.nullable(),
  lastUsedAt: timeMs.nullable(),
  revocable: z.boolean(),
}) satisfies z.ZodType<KeyRow>

/** `KeyList` of the contract. */
export const keyListSchema = z.object({
  keys: z.array(key).readonly(),
}) satisfies z.ZodType<KeyList>

/** `NewKey` of the contract. */
export const newKeySchema = z.object({ row: key, key: text }) satisfies z.ZodType<NewKey>

/** `UserRow` of the contract. */
export const userSchema = z.object({
  name: text,
  role,
  scope,
  kind: z.enum(['password', 'provider']),
  createdAt: timeMs,
  lastSignInAt: timeMs.nullable(),
}) satisfies z.ZodType<UserRow>

/** `UserList` of the contract. */
export const userListSchema = z.object({
  users: z.array(userSchema).readonly(),
}) satisfies z.ZodType<UserList>

const token = z.object({
  id: text,
  name: text,
  owner: text,
  role,
  end: text,
  createdAt: timeMs,
  lastUsedAt: timeMs.nullable(),
}) satisfies z.ZodType<TokenRow>

/** `TokenList` of the contract. */
export const tokenListSchema = z.object({
  tokens: z.array(token).readonly(),
}) satisfies z.ZodType<TokenList>

/** `NewToken` of the contract. */
export const newTokenSchema = z.object({ row: token, token: text }) satisfies z.ZodType<NewToken>

const auditEntry = z.object({
  time: timeMs,
  action: text,
  by: text,
  subject: text,
  address: text.nullable(),
}) satisfies z.ZodType<AuditEntry>

/** `AuditList` of the contract. */
export const auditListSchema = z.object({
  entries: z.array(auditEntry).readonly(),
}) satisfies z.ZodType<AuditList>

const addHostCommands = z
  .array(
    z.object({
      name: z.enum(['docker', 'compose', 'daemonset', 'systemd', 'shell', 'datadog']),
      text,
      file: text.nullable(),
      command: text.nullable(),
    }),
  )
  .readonly()

/** `AddHost` of the contract. */
export const addHostSchema = z.object({
  row: key,
  commands: addHostCommands,
}) satisfies z.ZodType<AddHost>

/** `AddHostHelp` of the contract. */
export const addHostHelpSchema = z.object({
  serverUrl: text,
  isLocalOnly: z.boolean(),
  keyPlaceholder: text,
  commands: addHostCommands,
}) satisfies z.ZodType<AddHostHelp>

// What comes in. Lengths keep a request small; what may stand in it is said by the accounts themselves.
const shortText = z.string().max(1000)
/** In UTF-16 units: 1,024 characters fit, whichever they are. */
const password = z.string().max(2048)

/** `SignIn` of the contract. */
export const signInInput = z.union([
  z.strictObject({ name: shortText, password }),
  z.strictObject({ token: password }),
]) satisfies z.ZodType<SignIn>

/** `PasswordChange` of the contract. */
export const passwordChangeInput = z.strictObject({
  current: password,
  password,
}) satisfies z.ZodType<PasswordChange>

/** `NewUser` of the contract. */
export const newUserInput = z.strictObject({
  name: shortText,
  role: role.default('viewer'),
  scope: shortText.default(''),
  password,
}) satisfies z.ZodType<NewUser>

/** `UserChange` of the contract. */
export const userChangeInput = z.strictObject({
  role: role.optional(),
  scope: shortText.optional(),
  password: password.optional(),
})

/** A new key. */
export const newKeyInput = z.strictObject({ name: shortText })

/** A new token. */
export const newTokenInput = z.strictObject({ name: shortText, role: role.optional() })

/** Adding a host; the key is named for it. */
export const addHostInput = z.strictObject({ name: shortText.default('added host') })
