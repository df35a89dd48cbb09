/** What a host has to know to report here. */
export interface AddHostTarget {
  /** What the host reaches the server by: `https://vigie.example.com`. */
  readonly serverUrl: string
  readonly key: string
  /** Of the agent: `vigie-agent:0.1.0`. */
  readonly image: string
}
