/** One thing that is wrong with the configuration. */
export interface Fault {
  /** `/etc/vigie/datadog.yaml:12:9` (line and column from 1), `environment VIGIE_LISTEN`, or the file alone. */
  readonly place: string
  /** The setting, `vigie.listen`; absent when the fault is with the file itself. */
  readonly key?: string
  /** What was seen and what is allowed or to be done. */
  readonly message: string
}

/** The configuration cannot be used; nothing may start with it. The message has one line for each fault. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly code = 'CONFIGURATION'
  readonly faults: readonly Fault[]
  /** What would have been worth a warning; often the reason for a fault. */
  readonly warnings: readonly string[]

  constructor(faults: readonly Fault[], warnings: readonly string[]) {
    const lines = [
      ...faults.map((fault) => `  ${describeFault(fault)}`),
      ...warnings.map((warning) => `  warning: ${warning}`),
    ]
    super(`Cannot use the configuration\n${lines.join('\n')}`)
    this.faults = faults
    this.warnings = warnings
  }
}

function describeFault({ place, key, message }: Fault): string {
  return [place, key, message].filter((part) => part !== undefined).join(': ')
}
