import { join } from 'node:path'
import type { PeopleGate } from '../http/gate.ts'
import type { Log } from '../telemetry/log.ts'
import { keysSchema, peopleSchema, sessionsSchema } from './access-state.ts'
import { openAccounts, type Accounts } from './accounts.ts'
import type { OidcOptions } from './oidc/oidc-options.ts'
import type { Oidc, OidcParts } from './oidc/open-oidc.ts'
import { createKeepAccount, type ProvidedAccountsParts } from './oidc/provided-accounts.ts'
import { openAgentKeys, type AgentKeys } from './agent-keys.ts'
import { openAuditLog, type AuditLog } from './audit-log.ts'
import { rememberRight } from './basic-memory.ts'
import { createPasswordCheck } from './password-check.ts'
import { openPasswordHasher, type PasswordCost } from './password-hash.ts'
import { openPeopleGate } from './people-gate.ts'
import { longestSessionMs, openSessions, type Sessions } from './sessions.ts'
import { openSignInLimiter } from './sign-in-limiter.ts'
import { openSignIns, type SignIns } from './sign-ins.ts'
import { makeToken } from './secrets.ts'
import { openStateFile } from './state-file.ts'
import { openTokens, type Tokens } from './tokens.ts'

/** Who is let in, and how that is changed. */
export interface Access {
  readonly gate: PeopleGate
  readonly keys: AgentKeys
  readonly accounts: Accounts
  readonly tokens: Tokens
  readonly sessions: Sessions
  readonly signIns: SignIns
  /** Signing in at a provider; absent where none is set. */
  readonly oidc?: Oidc
  readonly audit: AuditLog
  /** Lets in commands on this machine, which get it through the door of this process; another one with each start. */
  readonly localPass: string
  /** Whether `vigie.access_token` is set. */
  readonly hasAccessToken: boolean
  /** How long a session lasts at most. */
  readonly longestSessionMs: number
  /** Writes down what is only in memory, and stops. */
  readonly close: () => Promise<void>
}

export interface AccessOptions {
  readonly dataDir: string
  /** The address that the server listens on, by name or number. */
  readonly listenHost: string
  readonly accessToken?: string | undefined
  /** API keys that were not made here, by their names. */
  readonly fixedKeys: Readonly<Record<string, string | undefined>>
  readonly sessionMs: number
  readonly signInTries: number
  /** Where people can sign in, too. */
  readonly provider?: OidcOptions | undefined
  readonly log: Log
  /** Whether it lasts: what other processes write is followed, and the audit log is rotated. */
  readonly isServer: boolean
  /** Ours when absent; less is for tests alone. */
  readonly passwordCost?: PasswordCost
  /** Unix milliseconds; the system's when absent. */
  readonly clock?: () => number
}

const refreshMs = 2000
const flushMs = 5 * 60_000

/**
 * Opens what is in `<data>/access`.
 * @throws {StateFileError} When one of its documents cannot be read.
 */
export async function openAccess(options: AccessOptions): Promise<Access> {
  const { log, accessToken, isServer, clock = Date.now } = options
  const folder = join(options.dataDir, 'access')
  const files = await openFiles(folder)
  const audit = openAuditLog({ folder, log, clock, rotates: isServer })
  const hasher = openPasswordHasher(options.passwordCost)
  const limiter = openSignInLimiter({ tries: options.signInTries, clock })
  const keys = openAgentKeys({ file: files.keys, fixed: options.fixedKeys, audit, clock })
  const accounts = openAccounts({ file: files.people, hasher, audit, clock })
  const idleMs = options.sessionMs
  const providedMs = longestSessionMs(idleMs)
  const tokens = openTokens({ file: files.people, accounts, providedMs, audit, clock })
  const sessions = openSessions({ file: files.sessions, accounts, accessToken, idleMs, clock })
  const checkPassword = createPasswordCheck({ accounts, hasher, limiter, audit })
  const checkBasic = rememberRight({ check: checkPassword, accounts, audit, clock })
  const people = { accessToken, accounts, tokens, sessions }
  const localPass = makeToken()
  const gate = openPeopleGate({
    ...people,
    hasProvider: options.provider !== undefined,
    localPass,
    listenHost: options.listenHost,
    checkPassword: checkBasic,
  })
  const signIns = openSignIns({ ...people, checkPassword, limiter, audit, clock })
  const oidc = await openProvided(options.provider, {
    file: files.people,
    sessions,
    audit,
    log,
    clock,
  })

  async function flush(): Promise<void> {
    for (const part of [keys, tokens, sessions]) await part.flush()
  }
  const stop = isServer ? keepCurrent({ files: Object.values(files), flush, log }) : () => {}
  return {
    gate,
    keys,
    accounts,
    tokens,
    sessions,
    signIns,
    ...(oidc !== undefined && { oidc }),
    audit,
    localPass,
    hasAccessToken: accessToken !== undefined,
    longestSessionMs: longestSessionMs(idleMs),
    async close() {
      stop()
      await flush().catch((error: unknown) => tell(log, error))
    },
  }
}

type ProvidedParts = Omit<OidcParts, 'options' | 'keepAccount'> & ProvidedAccountsParts

/** What speaks to a provider is loaded only where there is one. */
async function openProvided(
  options: OidcOptions | undefined,
  parts: ProvidedParts,
): Promise<Oidc | undefined> {
  if (options === undefined) return undefined
  const { openOidc } = await import('./oidc/open-oidc.ts')
  return openOidc({ ...parts, options, keepAccount: createKeepAccount(parts) })
}

async function openFiles(folder: string) {
  const version = 1 as const
  const [keys, people, sessions] = await Promise.all([
    openStateFile({ folder, name: 'keys', schema: keysSchema, empty: { version, keys: [] } }),
    openStateFile({
      folder,
      name: 'people',
      schema: peopleSchema,
      empty: { version, users: [], tokens: [] },
    }),
    openStateFile({
      folder,
      name: 'sessions',
      schema: sessionsSchema,
      empty: { version, sessions: [] },
    }),
  ])
  return { keys, people, sessions }
}

interface Kept {
  readonly files: readonly { readonly refresh: () => Promise<void> }[]
  readonly flush: () => Promise<void>
  readonly log: Log
}

/** Follows what commands write that do not find the server's door, and writes down now and then what is only in memory. */
function keepCurrent({ files, flush, log }: Kept): () => void {
  let told = ''
  async function refresh(): Promise<void> {
    try {
      for (const file of files) await file.refresh()
      told = ''
    } catch (error) {
      if (String(error) !== told) tell(log, error)
      told = String(error)
    }
  }
  const timers = [
    setInterval(() => void refresh(), refreshMs),
    setInterval(() => void flush().catch((error: unknown) => tell(log, error)), flushMs),
  ]
  for (const timer of timers) timer.unref()
  return () => {
    for (const timer of timers) clearInterval(timer)
  }
}

function tell(log: Log, error: unknown): void {
  log.warn(
    `${error instanceof Error ? error.message : String(error)}; what was known before stays in force`,
  )
}
