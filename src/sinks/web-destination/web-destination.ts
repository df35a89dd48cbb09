import type { Destination } from '../forwarder/forwarder.ts'
import type { DestinationOptions } from './options.ts'

/** Where to post, taken apart. */
export interface WebAddressParts {
  /** `https://host:port`, without user, password and path. */
  readonly origin: string
  /** `/api/v1/write`; empty where the address has none. */
  readonly path: string
  /** What the address has before its host. */
  readonly credentials: Pick<DestinationOptions, 'user' | 'password'>
}

/** Takes an address apart that the configuration has checked. */
export function splitAddress(url: string): WebAddressParts {
  const { origin, pathname, username, password } = new URL(url)
  const isNamed = username !== ''
  return {
    origin,
    path: pathname.replace(/\/+$/, ''),
    credentials: isNamed
      ? { user: decodeURIComponent(username), password: decodeURIComponent(password) }
      : {},
  }
}

/**
 * Headers of every request. A token counts more than user and password, and those of the options more than those in the
 * address.
 */
export function makeHeaders(
  { headers, bearer_token: token, user, password }: DestinationOptions,
  inAddress: WebAddressParts['credentials'],
  userAgent: string,
): Readonly<Record<string, string>> {
  const name = user ?? inAddress.user
  const basic = `${name ?? ''}:${password ?? inAddress.password ?? ''}`
  const authorization =
    token !== undefined
      ? `Bearer ${token}`
      : name === undefined
        ? undefined
        : `Basic ${Buffer.from(basic).toString('base64')}`
  return {
    'user-agent': userAgent,
    ...(authorization !== undefined && { authorization }),
    ...headers,
  }
}

/** All answers from 400 to 499 but these, which is how these protocols say that a payload will never do. */
export function clientFaultsExcept(
  retried: readonly number[],
): NonNullable<Destination['finalStatuses']> {
  return Array.from({ length: 100 }, (_, at) => 400 + at).filter((one) => !retried.includes(one))
}
