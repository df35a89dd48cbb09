/** How a ClickHouse server is reached that is not ours. */
export interface RemoteOptions {
  /** `http://host:8123` or `https://host:8443`, without user, password or database. */
  readonly url: string
  readonly user: string
  /** Empty for none. */
  readonly password: string
  /** All tables are in it. */
  readonly database: string
  /** Name of the cluster whose hosts keep the tables; absent for a single server. */
  readonly cluster?: string
  readonly tls: {
    /** PEM files; absent: the certificates that Node knows. */
    readonly caFile?: string
    readonly certFile?: string
    readonly keyFile?: string
    readonly isVerified: boolean
  }
}
