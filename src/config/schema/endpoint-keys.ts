import { z } from 'zod'
import { secret } from '../../component/secret.ts'
import { webAddress } from '../../component/web-address.ts'

/** An intake with the keys to send with, each once. */
export interface EndpointKeys {
  /** Base address, without a slash at its end. */
  readonly url: string
  readonly keys: readonly string[]
}

const allowed = 'a mapping of http:// or https:// addresses to lists of API keys'

/** One key, or a list of them, in which empty ones do not count. */
const keyList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? given.split(/[\s,]+/) : given))
  .transform((keys) => [...new Set(keys.map((key) => key.trim()).filter((key) => key !== ''))])
  .pipe(z.array(secret(1)))
  .meta({ allowed: 'a list of API keys', isSecret: true })

/** Datadog's `additional_endpoints`, in the order written. */
export const endpointKeys: z.ZodType<
  readonly EndpointKeys[],
  Readonly<Record<string, string | string[]>>
> = z
  .record(z.string(), keyList)
  .transform((given, context) =>
    Object.entries(given).flatMap(([address, keys]) => {
      const { data: url } = webAddress.safeParse(address)
      if (url !== undefined) return [{ url, keys }]
      context.addIssue({ code: 'custom', params: { seen: address, allowed } })
      return []
    }),
  )
  .meta({ allowed })
