import { z } from 'zod'

/** The base address of a server, `https://host:8127/path`, without a slash at its end. */
export const webAddress: z.ZodType<string, string> = z
  .string()
  .refine(isWebAddress)
  .transform((text) => text.replace(/\/+$/, ''))
  .meta({ allowed: 'an http:// or https:// address, such as http://127.0.0.1:8127' })

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null) return false
  return /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
}
