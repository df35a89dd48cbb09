const grammar = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/**
 * The path by which the engine is asked for what a container has printed since a time, and goes on printing.
 * @param since RFC 3339 with up to nanoseconds, lines of that very moment included; empty: from the beginning.
 * @see Docker Engine API, ContainerLogs
 */
export function makeLogsPath(id: string, since: string): string {
  const from = toUnixTime(since)
  const query = `follow=1&stdout=1&stderr=1&timestamps=1${from === undefined ? '' : `&since=${from}`}`
  return `/containers/${encodeURIComponent(id)}/logs?${query}`
}

/** `<seconds>.<nanoseconds>`; `undefined` of what is no time. */
function toUnixTime(text: string): string | undefined {
  const [, seconds, fraction = '', zone] = grammar.exec(text) ?? []
  const timeMs = Date.parse(`${seconds}${zone}`)
  return Number.isNaN(timeMs) ? undefined : `${timeMs / 1000}.${fraction.padEnd(9, '0')}`
}
