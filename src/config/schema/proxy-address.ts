import { z } from 'zod'
import { maskAddress } from '../mask-secret.ts'

const allowed =
  'the http:// or https:// address of a proxy, such as http://user:password@proxy:3128'

/** A proxy as people write it, also as `proxy:3128` without a scheme; an address without a slash at its end once parsed. */
export const proxyAddress: z.ZodType<string, string> = z
  .string()
  .transform((text, context) => {
    const address = readProxy(text)
    if (address !== undefined) return address
    context.addIssue({ code: 'custom', params: { seen: maskAddress(text), allowed } })
    return z.NEVER
  })
  .meta({ allowed, isAddress: true })

function readProxy(text: string): string | undefined {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`)
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined
  return url.href.replace(/\/$/, '')
}
