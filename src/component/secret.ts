import { z } from 'zod'

/** A text that travels in an HTTP header and is never shown: printable ASCII without spaces, `minLength` or more. */
export function secret(minLength: number): z.ZodType<string, string> {
  return z
    .string()
    .trim()
    .min(minLength)
    .regex(/^[\x21-\x7e]+$/)
    .meta({
      allowed: `${minLength} or more letters, digits and signs, without spaces`,
      isSecret: true,
    })
}
