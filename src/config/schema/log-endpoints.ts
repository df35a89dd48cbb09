import { z } from 'zod'
import { secret } from '../../component/secret.ts'
import { logAddress } from './log-address.ts'

/** One of Datadog's `logs_config.additional_endpoints`. */
export interface LogEndpoint {
  /** A host, `host:port` or an address. */
  readonly address: string
  readonly apiKey: string
  readonly isReliable: boolean
  /** Absent: as for the main one. */
  readonly usesTls?: boolean
}

const port = z.int().min(0).max(65_535).optional()
const allowed = 'a list of mappings with host, port, api_key and is_reliable'

/** What else an entry may hold has one value for all intakes. Go reads `Host` and `host` alike. */
const entry = z
  .looseObject({
    host: logAddress.optional(),
    Host: logAddress.optional(),
    port,
    Port: port,
    api_key: secret(1).meta({ isSecret: true }),
    is_reliable: z.boolean().default(true),
    use_ssl: z.boolean().optional(),
    path_prefix: z.string().default(''),
  })
  .transform((given, context): LogEndpoint => {
    const host = given.host ?? given.Host
    if (host === undefined) {
      context.addIssue({
        code: 'custom',
        params: { seen: undefined, allowed: 'host, with a name' },
      })
      return z.NEVER
    }
    const number = given.port ?? given.Port ?? 0
    return {
      address: `${host}${number === 0 || host.includes('://') ? '' : `:${number}`}${given.path_prefix}`,
      apiKey: given.api_key,
      isReliable: given.is_reliable,
      ...(given.use_ssl !== undefined && { usesTls: given.use_ssl }),
    }
  })

/** Further intakes for logs, in the order written. */
export const logEndpoints: z.ZodType<readonly LogEndpoint[], readonly z.input<typeof entry>[]> = z
  .array(entry)
  .meta({ allowed })
