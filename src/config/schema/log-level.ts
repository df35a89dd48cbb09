import { z } from 'zod'

/** pino's names, which our log uses. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'

/** Datadog's names (config_template.yaml, `log_level`) and what each is in our log. */
const levels: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'trace'],
  ['debug', 'debug'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['warning', 'warn'],
  ['error', 'error'],
  ['critical', 'fatal'],
  ['off', 'silent'],
])

/** A level by Datadog's name, in any case. */
export const logLevel: z.ZodType<LogLevel, string> = z
  .string()
  .transform((text, context) => {
    const level = levels.get(text.toLowerCase())
    if (level !== undefined) return level
    context.addIssue({ code: 'custom' })
    return z.NEVER
  })
  .meta({ allowed: `one of ${[...levels.keys()].join(', ')}` })
