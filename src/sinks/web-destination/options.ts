import { z } from 'zod'
import { secret } from '../../component/secret.ts'
import { webAddress } from '../../component/web-address.ts'

const fieldName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
const fieldValue = /^[\t\x20-\x7e]*$/

/** What every sink that posts to an address of its own can be told. */
export const destinationOptions = {
  url: webAddress.optional(),
  headers: z.record(z.string().regex(fieldName), z.string().regex(fieldValue)).default({}).meta({
    description: 'Headers of every request, such as `X-Scope-OrgID`.',
    allowed: 'a mapping of names of headers to texts',
    isSecret: true,
  }),
  bearer_token: secret(1).optional().meta({ description: 'Sent as `Authorization: Bearer`.' }),
  user: z.string().optional().meta({ description: 'For `Authorization: Basic`.' }),
  password: secret(1).optional().meta({ description: 'For `Authorization: Basic`.' }),
} as const

/** These options, read. */
export interface DestinationOptions {
  readonly url?: string | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly bearer_token?: string | undefined
  readonly user?: string | undefined
  readonly password?: string | undefined
}
