import type { Log } from '../../telemetry/log.ts'
import type { AuditLog } from '../audit-log.ts'
import type { Sessions } from '../sessions.ts'
import type { SignedIn } from '../sign-ins.ts'
import { toPerson } from '../to-person.ts'
import type { Flow } from './flow-cookie.ts'
import { OidcError } from './oidc-error.ts'
import type { OidcOptions } from './oidc-options.ts'
import { openProvider, type Provider } from './open-provider.ts'
import type { KeepAccount } from './provided-accounts.ts'
import { readName, readRole } from './read-claims.ts'
import type { Vouched } from './redeem-code.ts'

/** Signing in at a provider of OpenID Connect. */
export interface Oidc {
  /** What people call the provider. */
  readonly name: string
  readonly begin: Provider['begin']
  /**
   * Begins a session for whoever the provider vouches for.
   * @param answer The address that the browser came back with.
   * @throws {OidcError} When nobody is let in; the log tells why.
   */
  readonly finish: (answer: URL, flow: Flow, address: string) => Promise<SignedIn>
}

export interface OidcParts {
  readonly options: OidcOptions
  readonly keepAccount: KeepAccount
  readonly sessions: Sessions
  readonly audit: AuditLog
  readonly log: Log
  readonly clock: () => number
}

/** Each has the provider asked some three times, and anybody can begin one. */
const maxRunning = 16
/** Between two lines of the log: anybody can cause one. */
const tellEveryMs = 5000

/** Opens signing in at a provider, which need not be there: the log says so, and it is looked for when somebody wants to sign in. */
export function openOidc(parts: OidcParts): Oidc {
  const { options, sessions, audit } = parts
  const provider = openProvider(options, parts.clock)
  const tell = createTeller(parts)
  let running = 0

  async function admit(vouched: Vouched, address: string): Promise<SignedIn> {
    const { issuer, subject, claims } = vouched
    const name = readName(claims, options)
    try {
      const role = readRole(claims, options)
      if (role === undefined) throw noRole(name, options.roleClaim)
      const user = await parts.keepAccount({ issuer, subject, name, role }, address)
      const secret = await sessions.open(user)
      await audit.write({ action: 'sign-in', by: { name: user.name, address }, subject: user.name })
      return { person: toPerson(user, 'session'), secret }
    } catch (error) {
      await audit.write({ action: 'sign-in-failed', by: { name, address }, subject: name })
      throw error
    }
  }
  async function finish(answer: URL, flow: Flow, address: string): Promise<SignedIn> {
    if (running >= maxRunning) throw new OidcError('busy', `${running} are signing in at once`)
    running += 1
    try {
      return await admit(await provider.finish(answer, flow), address)
    } finally {
      running -= 1
    }
  }
  async function telling<Result>(work: Promise<Result>): Promise<Result> {
    try {
      return await work
    } catch (error) {
      tell(error)
      throw error
    }
  }
  void provider.look().catch(tell)
  return {
    name: options.name,
    begin: (callback, to) => telling(provider.begin(callback, to)),
    finish: (answer, flow, address) => telling(finish(answer, flow, address)),
  }
}

function noRole(name: string, roleClaim: string): OidcError {
  return new OidcError(
    'no-role',
    `Cannot let in ${name} of the provider: no value of the claim ${roleClaim} is among vigie.oidc.roles, and there is no vigie.oidc.default_role`,
  )
}

/** Tells the log what keeps people out. */
function createTeller({ options, log, clock }: OidcParts): (error: unknown) => void {
  let toldMs = -Infinity
  return (error) => {
    if (!(error instanceof OidcError) || clock() - toldMs < tellEveryMs) return
    toldMs = clock()
    log.warn(`Signing in with ${options.name}: ${error.message}`)
  }
}
