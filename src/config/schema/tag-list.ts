import { z } from 'zod'

/** Tags as a list or as one text, separated by commas or spaces; each once, in the order given. */
export const tagList: z.ZodType<readonly string[]> = z
  .union([
    z.string().transform((text) => text.split(/[\s,]+/)),
    z.array(z.union([z.string(), z.number().transform(String)])),
  ])
  .transform((tags) => [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))])
  .meta({ allowed: 'a list of key:value, or one text with commas or spaces between them' })
