import type { Assignment } from './assignment.ts'

/** What Agent 5 knows of a proxy, each in an option or a variable of its own. */
export interface LegacyProxy {
  /** A host, or an address with its scheme. */
  readonly host: string
  readonly port?: string | undefined
  readonly user?: string | undefined
  /** Counts beside a user only. */
  readonly password?: string | undefined
}

/** Variables of Agent 5's container. */
export const legacyProxyVariables = ['PROXY_HOST', 'PROXY_PORT', 'PROXY_USER', 'PROXY_PASSWORD']

/** The proxy as one address, without a slash at its end; `undefined` when the host is none. */
export function composeProxy({ host, port, user, password }: LegacyProxy): string | undefined {
  const address = URL.parse(host.includes('://') ? host : `http://${host}`)
  if (address === null) return undefined
  address.port = port ?? address.port
  address.username = user ?? ''
  address.password = user === undefined ? '' : (password ?? '')
  return address.href.replace(/\/$/, '')
}

/** What these variables set: one proxy for everything. */
export function collectLegacyProxy(
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, Assignment> {
  const [host, port, user, password] = legacyProxyVariables.map(
    (name) => env[name]?.trim() || undefined,
  )
  if (host === undefined) return new Map()
  const value = composeProxy({ host, port, user, password }) ?? host
  const assignment: Assignment = { value, place: 'environment PROXY_HOST', origin: 'legacy' }
  return new Map([
    ['proxy.http', assignment],
    ['proxy.https', assignment],
  ])
}
