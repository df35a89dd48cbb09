import { resolve } from 'node:path'
import type { Role } from '../model/person.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'

/** How the server is reached. Paths are absolute. */
export interface WebSettings {
  /** Absent: plain HTTP. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string }
  /** Addresses and CIDR ranges of proxies whose `X-Forwarded-*` count. */
  readonly trustedProxies: readonly string[]
  /** What people and agents type, where it is not the address that is listened on: `https://vigie.example.com`. */
  readonly publicUrl?: string
  /** Of the agent, in commands for adding a host; absent: `vigie-agent:<version>`. */
  readonly agentImage?: string
}

/** Who may sign in, and for how long. */
export interface AccessSettings {
  readonly sessionMs: number
  /** Wrong passwords of one name or from one address, before each further try has to wait. */
  readonly signInTries: number
  readonly oidc?: OidcSettings
}

/** Signing in at a provider of OpenID Connect. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What the button says: `Sign in with <name>`. */
  readonly name: string
  readonly scopes: readonly string[]
  /** The claim that is a person's name here. */
  readonly nameClaim: string
  /** The claim, a text or a list, whose values give roles. */
  readonly roleClaim: string
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>
  /** Role of one whose claim has none of them; absent: not let in. */
  readonly defaultRole?: Role
}

export function toWebSettings({ vigie }: ParsedConfiguration, cwd: string): WebSettings {
  const { tls, trusted_proxies: trustedProxies } = vigie
  const { public_url: publicUrl, agent_image: agentImage } = vigie
  return {
    ...(tls.cert !== undefined &&
      tls.key !== undefined && {
        tls: { certFile: resolve(cwd, tls.cert), keyFile: resolve(cwd, tls.key) },
      }),
    trustedProxies,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(agentImage !== undefined && { agentImage }),
  }
}

export function toAccessSettings({ vigie }: ParsedConfiguration): AccessSettings {
  const oidc = toOidc(vigie.oidc)
  return {
    sessionMs: vigie.access.session_ttl,
    signInTries: vigie.access.sign_in_tries,
    ...(oidc !== undefined && { oidc }),
  }
}

function toOidc(oidc: ParsedConfiguration['vigie']['oidc']): OidcSettings | undefined {
  const { issuer, client_id: clientId, client_secret: clientSecret, default_role } = oidc
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined
  return {
    issuer,
    clientId,
    clientSecret,
    name: oidc.name,
    scopes: [...new Set(['openid', ...oidc.scopes])],
    nameClaim: oidc.name_claim,
    roleClaim: oidc.role_claim,
    roles: oidc.roles,
    ...(default_role !== undefined && { defaultRole: default_role }),
  }
}
