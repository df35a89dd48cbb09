import { z } from 'zod'

const allowed = 'host, host:port, or an http:// or https:// address'
const hostPort = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

/** Where logs go: an address, or a host with or without a port, for which another option says whether it speaks TLS. */
export const logAddress: z.ZodType<string, string> = z
  .string()
  .refine((text) => (text.includes('://') ? isWebAddress(text) : hostPort.test(text)))
  .transform((text) => text.replace(/\/+$/, ''))
  .meta({ allowed })

function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === ''
}
