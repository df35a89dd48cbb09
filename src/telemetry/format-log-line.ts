import { z } from 'zod'

const lineSchema = z.looseObject({
  time: z.number(),
  level: z.number(),
  name: z.string(),
  msg: z.string().default(''),
})

/** pino's numbers. */
const levelNames: ReadonlyMap<number, string> = new Map([
  [10, 'TRACE'],
  [20, 'DEBUG'],
  [30, 'INFO'],
  [40, 'WARN'],
  [50, 'ERROR'],
  [60, 'CRITICAL'],
])

/**
 * Turns pino's line of JSON into one that people read, in the order of the Datadog Agent's log:
 * `2026-11-20 18:30:34 UTC | AGENT | WARN | message (restarts=2)`.
 * @returns The text with its line end; a line that is not pino's comes back as it is.
 */
export function formatLogLine(line: string): string {
  const parsed = lineSchema.safeParse(parseJson(line))
  if (!parsed.success) return line
  const { time, level, name, msg, ...rest } = parsed.data
  const when = new Date(time).toISOString().slice(0, 19).replace('T', ' ')
  const more = Object.entries(rest).map(([key, value]) => `${key}=${toText(value)}`)
  const head = `${when} UTC | ${name.toUpperCase()} | ${levelNames.get(level) ?? level} | ${msg}`
  return `${head}${more.length === 0 ? '' : ` (${more.join(', ')})`}\n`
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
