import type { Agent } from 'node:http'
import type { Role } from '../../model/person.ts'

/** What is known of a provider of OpenID Connect, and of us there. */
export interface OidcOptions {
  /** Without a slash at its end, whether the provider's own name has one or not. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** What people call it. */
  readonly name: string
  readonly scopes: readonly string[]
  readonly nameClaim: string
  readonly roleClaim: string
  readonly roles: Readonly<Partial<Record<Role, readonly string[]>>>
  /** Absent: whoever has no role is not let in. */
  readonly defaultRole?: Role
  /** Connections to an address of the provider, directly or through a proxy; ended after one request. May throw. */
  readonly agentFor: (url: URL) => Agent
}
