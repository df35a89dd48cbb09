/** How this program reaches others over HTTP; the same for everything that it sends. */
export interface OutboundSettings {
  readonly proxy: ProxySettings
  readonly tls: {
    /** PEM certificates that are trusted beside the system's. */
    readonly caFile?: string
    /** `false` for `skip_ssl_validation`. */
    readonly isVerified: boolean
    readonly minVersion: 'TLSv1.2' | 'TLSv1.3'
  }
}

/** Which requests go through a proxy. */
export interface ProxySettings {
  /** For `http://` destinations: `http://user:password@proxy:3128`. Absent: direct. */
  readonly http?: string
  /** For `https://` destinations. */
  readonly https?: string
  /** Hosts, `host:port`, addresses and CIDR ranges that are reached directly; `*` for all. */
  readonly noProxy: readonly string[]
  /** Whether `example.com` in `noProxy` means what ends in `.example.com` too. */
  readonly matchesEndings: boolean
}
