import { parse } from 'yaml'
import { z } from 'zod'

/** What a variable holds as one text of JSON or YAML. What makes no sense is handed on, and is a fault of the type behind it. */
export const yamlText: z.ZodType<unknown, string> = z.string().transform((given): unknown => {
  try {
    return parse(given, { logLevel: 'error' })
  } catch {
    return given
  }
})
