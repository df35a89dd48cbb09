import { ClickHouseError } from '@clickhouse/client'
import { StoreOpenError } from '../store-errors.ts'
import type { RemoteOptions } from './remote-options.ts'

/** What Node says of an address that cannot be reached, and what to do. */
const networkFaults: Readonly<Record<string, readonly [seen: string, remedy: string]>> = {
  ECONNREFUSED: ['nothing listens there', 'start it, or correct vigie.store.url'],
  ENOTFOUND: ['its name is not known', 'correct vigie.store.url'],
  EAI_AGAIN: ['its name cannot be looked up now', 'look at the DNS of this machine'],
  EHOSTUNREACH: ['no way leads there', 'look at the network between the two'],
  ENETUNREACH: ['no way leads there', 'look at the network between the two'],
  ETIMEDOUT: ['it does not answer', 'look at the firewall between the two'],
  ECONNRESET: [
    'it closes the connection',
    'see whether the port is that of HTTP, and http or https is right',
  ],
  EPROTO: ['it does not speak TLS there', 'see whether http or https is right, and its port'],
  ERR_SSL_WRONG_VERSION_NUMBER: [
    'it does not speak TLS there',
    'see whether http or https is right, and its port',
  ],
  DEPTH_ZERO_SELF_SIGNED_CERT: [
    'its certificate is signed by nobody that is known here',
    'set vigie.store.ca_cert',
  ],
  SELF_SIGNED_CERT_IN_CHAIN: [
    'its certificate is signed by nobody that is known here',
    'set vigie.store.ca_cert',
  ],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [
    'its certificate is signed by nobody that is known here',
    'set vigie.store.ca_cert',
  ],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [
    'its certificate is signed by nobody that is known here',
    'set vigie.store.ca_cert',
  ],
  CERT_HAS_EXPIRED: ['its certificate has expired', 'renew it'],
  ERR_TLS_CERT_ALTNAME_INVALID: [
    'its certificate is for another name',
    'use that name in vigie.store.url',
  ],
}

/** Names of the engine's errors that say who may do what. */
const loginFaults = new Set([
  'AUTHENTICATION_FAILED',
  'REQUIRED_PASSWORD',
  'WRONG_PASSWORD',
  'UNKNOWN_USER',
])

/** What kept a server from being used, as one sentence: what was seen and what to do. Never with the password. */
export function explainOpenFault(error: unknown, options: RemoteOptions): StoreOpenError {
  if (error instanceof StoreOpenError) return error
  const { url, user } = options
  const at = `Cannot reach the ClickHouse at ${url}`
  if (error instanceof ClickHouseError) return explainAnswer(error, options)
  const code = codeOf(error)
  const [seen, remedy] = networkFaults[code] ?? [
    `${code || messageOf(error)} came back`,
    `see whether ${url} is the HTTP port of a ClickHouse and ${user} may log in`,
  ]
  return new StoreOpenError('STORE_UNREACHABLE', `${at}: ${seen}; ${remedy}`, { cause: error })
}

function explainAnswer(error: ClickHouseError, { url, user }: RemoteOptions): StoreOpenError {
  const { type = '', message } = error
  if (loginFaults.has(type)) {
    return new StoreOpenError(
      'STORE_REFUSED',
      `Cannot use the ClickHouse at ${url}: it refuses the user ${user}; correct vigie.store.user and its password`,
      { cause: error },
    )
  }
  if (type === 'ACCESS_DENIED') {
    const grant = /grant ([^.]*? ON [\w.*`]+)/.exec(message)?.[1] ?? 'what it needs'
    return new StoreOpenError(
      'STORE_REFUSED',
      `Cannot use the ClickHouse at ${url}: the user ${user} lacks rights; grant it ${grant}`,
      { cause: error },
    )
  }
  return new StoreOpenError(
    'STORE_NOT_READY',
    `Cannot use the ClickHouse at ${url}: it says ${firstSentence(message)} (${type})`,
    { cause: error },
  )
}

function firstSentence(message: string): string {
  return (
    message
      .split('\n', 1)[0]
      ?.slice(0, 300)
      .replace(/[.\s]+$/, '') ?? ''
  )
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (error.message === 'Timeout error.') return 'ETIMEDOUT'
  return codeOf(error.cause)
}

function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return firstSentence(text) || 'an empty answer'
}
