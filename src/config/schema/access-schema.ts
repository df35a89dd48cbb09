import { isIP } from 'node:net'
import { z } from 'zod'
import { durationWithin } from '../../component/duration.ts'
import { secret } from '../../component/secret.ts'
import { openAddress } from './open-address.ts'
import { roles } from '../../model/person.ts'
import { wordList } from './word-list.ts'

const path = z.string().min(1).meta({ allowed: 'a path' })
const claim = z.string().min(1).meta({ allowed: 'the name of a claim' })
const claimValues = wordList('a list of values of that claim').prefault([])
/** What comes from elsewhere unencrypted could be anybody's word. */
const issuer = openAddress
  .refine((address) => {
    const { protocol, hostname } = URL.parse(address) ?? {}
    return protocol !== 'http:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname ?? '')
  })
  .meta({
    allowed:
      'an https:// address without user and password, such as https://login.example.com/realms/home; http:// on this machine only',
  })
const ranges = 'a list of addresses and ranges, such as 10.0.0.7 or 10.0.0.0/8'

/** Addresses and ranges, each as it is written. */
const addressRanges = wordList(ranges)
  .transform((words, context) => {
    for (const word of words) {
      if (isRange(word)) continue
      context.addIssue({ code: 'custom', params: { seen: word, allowed: ranges } })
    }
    return words
  })
  .meta({ allowed: ranges })

/** Certificate and key of the server. */
export const tlsSchema = z
  .strictObject({
    cert: path
      .meta({
        description:
          'File with the certificate that the server shows, and those above it, PEM. Read again when it changes.',
      })
      .optional(),
    key: path.meta({ description: 'File with the key of `cert`, PEM.' }).optional(),
  })
  .meta({ description: 'TLS of the server. Without it the server speaks plain HTTP.' })

/** Whose word counts about who asks. */
export const trustedProxies = addressRanges.prefault([]).meta({
  description:
    'Proxies in front of the server whose `X-Forwarded-For`, `-Proto` and `-Host` count. Those of anybody else are passed over.',
})

export const accessSchema = z
  .strictObject({
    session_ttl: durationWithin('1m', '365d').prefault('7d').meta({
      description:
        'How long somebody who signed in stays so without asking for anything; four times that at most.',
    }),
    sign_in_tries: z.int().min(1).max(1000).default(5).meta({
      description:
        'Wrong passwords for one name, or from one address, after which each further try has to wait.',
    }),
  })
  .meta({ description: 'Signing in.' })

/** A provider of OpenID Connect. */
export const oidcSchema = z
  .strictObject({
    issuer: issuer
      .meta({
        description:
          'Address of the provider, below which `/.well-known/openid-configuration` is found. When unset, people sign in by name and password only.',
      })
      .optional(),
    client_id: z
      .string()
      .min(1)
      .meta({ description: 'Name under which the provider knows this server.' })
      .optional(),
    client_secret: secret(1)
      .meta({ description: 'Secret that goes with it.', isSecret: true })
      .optional(),
    client_secret_file: path
      .meta({ description: 'File with that secret, in place of `client_secret`.' })
      .optional(),
    name: z
      .string()
      .min(1)
      .max(60)
      .default('single sign-on')
      .meta({ description: 'What the button says: `Sign in with <name>`.' }),
    scopes: wordList('a list of scopes')
      .prefault(['openid', 'profile', 'email'])
      .meta({ description: 'What the provider is asked for; `openid` always is.' }),
    name_claim: claim.default('preferred_username').meta({
      description:
        "Claim that is a person's name here. Without it `preferred_username`, `email` or `sub` is; what a name cannot have becomes `-`.",
    }),
    role_claim: claim.default('groups').meta({
      description:
        'Claim, a text or a list, whose values give roles; dots lead inward, as in `realm_access.roles`. Let it be one that people cannot change themselves.',
    }),
    roles: z
      .strictObject({
        viewer: claimValues.meta({ description: 'Values that make somebody a viewer, who looks.' }),
        editor: claimValues.meta({
          description: 'Values that make somebody an editor, who changes what all see.',
        }),
        admin: claimValues.meta({
          description: 'Values that make somebody an admin, who says who may.',
        }),
      })
      .meta({ description: 'Who is what. Of several roles the highest counts.' }),
    default_role: z
      .enum(roles)
      .meta({ description: 'Role of everybody else. When unset, they are not let in.' })
      .optional(),
  })
  .meta({ description: 'Signing in at a provider of OpenID Connect.' })

function isRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
