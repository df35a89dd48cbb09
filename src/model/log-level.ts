/** Levels of log lines, the least first; a line that says none is `unknown`. */
export const logLevels = [
  'unknown', 'trace', 'debug', 'info', 'notice', 'warn', 'error', 'critical', 'alert', 'emergency',
] as const // prettier-ignore

export type LogLevel = (typeof logLevels)[number]

/** Where a container printed a line; empty for lines that come from elsewhere. */
export const logOutputs = ['', 'stdout', 'stderr'] as const

export type LogOutput = (typeof logOutputs)[number]
