/** What a person may do: a viewer looks, an editor changes what all see, an admin says who may. */
export type RoleName = 'viewer' | 'editor' | 'admin'

/** `GET /api/access/me`: answered to anyone. */
export interface Me {
  /** Whether people have to sign in. */
  readonly signInNeeded: boolean
  /** Who asks; null before signing in. */
  readonly person: PersonRow | null
  /** How people may sign in. */
  readonly ways: {
    /** There are accounts with passwords. */
    readonly password: boolean
    /** `vigie.access_token` is set: it signs in as an admin. */
    readonly token: boolean
    /** What the button says: `Sign in with <name>`; null without a provider. */
    readonly provider: string | null
  }
}

export interface PersonRow {
  readonly name: string
  readonly role: RoleName
  /** `team:web -env:test`; null: everything. */
  readonly scope: string | null
  /** `open`: nobody has to sign in, since only this machine can ask. */
  readonly via: 'session' | 'token' | 'password' | 'open'
}

/**
 * `POST /api/access/sign-in`; answered with `Me`, 401 for a wrong one, 429 with `Retry-After` after too many. `POST
 * /api/access/sign-out` has no body and is answered with `Me`.
 */
export type SignIn =
  | { readonly name: string; readonly password: string }
  | { readonly token: string }

/**
 * `GET /api/access/oidc/start?to=/a/page` leads a browser to the provider, which leads it to `GET /api/access/oidc/callback`, and
 * that to the page. What goes wrong leads to `/sign-in?error=&to=`, and this is the error: `away`: the provider does not answer as
 * one; `busy`: too many at once; `denied`: the provider, or the person, said no; `expired`: too late, or begun in another browser;
 * `refused`: the provider does not accept this server; `invalid`: its answer cannot be trusted; `no-name`, `no-role`: it tells
 * none; `name-taken`: an account of this name is another's; `full`: no room for another account.
 */
export type SignInFault =
  | 'away'
  | 'busy'
  | 'denied'
  | 'expired'
  | 'refused'
  | 'invalid'
  | 'no-name'
  | 'no-role'
  | 'name-taken'
  | 'full'

/** `POST /api/access/password`, for people with an account: their own; ends their other sessions. Answered with `Me`. */
export interface PasswordChange {
  readonly current: string
  readonly password: string
}

/** `GET /api/access/keys`, for admins: API keys of agents. Times are Unix milliseconds. */
export interface KeyList {
  readonly keys: readonly KeyRow[]
}

export interface KeyRow {
  readonly id: string
  readonly name: string
  /** The last five characters. */
  readonly end: string
  /** null, as `createdBy`: the server's first one, or that of the configuration. */
  readonly createdAt: number | null
  readonly createdBy: string | null
  readonly lastUsedAt: number | null
  /** Whether it can be revoked here: the server's first one and that of the configuration cannot. */
  readonly revocable: boolean
}

/** `POST /api/access/keys` with `{ name }`: the one time that it is told. `POST /api/access/keys/{id}/revoke` gives `KeyList`. */
export interface NewKey {
  readonly row: KeyRow
  readonly key: string
}

/** `GET /api/access/users`, for admins. */
export interface UserList {
  readonly users: readonly UserRow[]
}

export interface UserRow {
  readonly name: string
  readonly role: RoleName
  readonly scope: string | null
  /** How they sign in. */
  readonly kind: 'password' | 'provider'
  readonly createdAt: number
  readonly lastSignInAt: number | null
}

/** `POST /api/access/users`; answered with `UserRow`. The first account is made at the command line. */
export interface NewUser {
  readonly name: string
  /** A viewer unless told otherwise. */
  readonly role?: RoleName
  readonly scope?: string
  /** 8 to 1,024 characters. */
  readonly password: string
}

/**
 * `POST /api/access/users/{name}` changes what is given; answered with `UserRow`. `POST /api/access/users/{name}/remove` gives
 * `UserList`. Nobody changes their own role or scope, or removes themselves: 403.
 */
export interface UserChange {
  readonly role?: RoleName
  /** Empty: everything. */
  readonly scope?: string
  readonly password?: string
}

/** `GET /api/access/tokens`: one's own, for programs that ask as oneself; an admin sees all. */
export interface TokenList {
  readonly tokens: readonly TokenRow[]
}

export interface TokenRow {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly role: RoleName
  readonly end: string
  readonly createdAt: number
  readonly lastUsedAt: number | null
}

/**
 * `POST /api/access/tokens` with `{ name, role? }`, for people with an account: the one time that it is told. `POST
 * /api/access/tokens/{id}/revoke` gives `TokenList`.
 */
export interface NewToken {
  readonly row: TokenRow
  readonly token: string
}

/** `GET /api/access/audit?limit=` (200 unless told otherwise, 1,000 at most), for admins: newest first. */
export interface AuditList {
  readonly entries: readonly AuditEntry[]
}

export interface AuditEntry {
  readonly time: number
  /** `sign-in`, `sign-in-failed`, `sign-out`, `key-created`, `key-revoked`, `user-added`, `user-changed`, `user-removed`, `token-created`, `token-revoked`, … */
  readonly action: string
  /** Who did it; a command on the machine is `command line`. */
  readonly by: string
  /** Whom or what it was done to. */
  readonly subject: string
  readonly address: string | null
}

/** `GET /api/add-host`, for everyone who may look: how a host is added, for first-run help. Nothing is made by asking. */
export interface AddHostHelp {
  /** What a host is to reach the server by, as the commands have it: `https://vigie.example.com`. */
  readonly serverUrl: string
  /** Only this machine reaches that address: before another host can report, the server has to listen for it. */
  readonly isLocalOnly: boolean
  /** What stands in the commands where the key belongs. An admin gets them with a new one from `POST /api/access/add-host`. */
  readonly keyPlaceholder: string
  readonly commands: readonly AddHostCommand[]
}

/** `POST /api/access/add-host` with `{ name? }`, for admins: makes a key, and says how a host is added with it. */
export interface AddHost {
  readonly row: KeyRow
  /** As in `AddHostHelp`, with the key in them: the one time that it is told. */
  readonly commands: readonly AddHostCommand[]
}

/** A way to make a host report here, in the order in which they are shown; `text` may have several lines. */
export interface AddHostCommand {
  /**
   * `docker`: `docker run` of the agent's image; `compose`: a Compose file; `daemonset`: a manifest for Kubernetes; `systemd`: where Vigie is
   * installed as a service; `shell`: where it is installed, in the foreground; `datadog`: a genuine Datadog Agent.
   */
  readonly name: 'docker' | 'compose' | 'daemonset' | 'systemd' | 'shell' | 'datadog'
  /** For a POSIX shell; or the whole text of `file`. */
  readonly text: string
  /** The text is a file of this name, `vigie-agent.yaml`; null: it is a command. */
  readonly file: string | null
  /** The command that uses the saved file; null where there is none. */
  readonly command: string | null
}
