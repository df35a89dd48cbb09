import { z } from 'zod'

/** Words as a list or as one text, separated by commas or spaces; each once, in the order given. */
export function wordList(allowed: string): z.ZodType<readonly string[]> {
  return z
    .union([
      z.string().transform((text) => text.split(/[\s,]+/)),
      z.array(z.union([z.string(), z.number().transform(String)])),
    ])
    .transform((words) => [
      ...new Set(words.map((word) => word.trim()).filter((word) => word !== '')),
    ])
    .meta({ allowed })
}
