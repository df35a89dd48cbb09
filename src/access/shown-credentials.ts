import type { FastifyRequest } from 'fastify'

/** What a request shows to be let in, besides a cookie. */
export interface ShownCredentials {
  /** What may be a token, from each place that one may stand in. */
  readonly tokens: readonly string[]
  readonly basic: { readonly name: string; readonly password: string } | undefined
}

/**
 * Reads `Authorization` (Bearer and Basic, whose password may be a token) and Datadog's application key. One that is not ours
 * in either place does not keep the other from letting in: proxies add an `Authorization` too.
 * @see https://docs.datadoghq.com/api/latest/authentication/
 */
export function shownCredentials({ headers }: FastifyRequest): ShownCredentials {
  const [, scheme = '', value = ''] = /^(\w+) +(.+)$/.exec(headers.authorization ?? '') ?? []
  const bearer = scheme.toLowerCase() === 'bearer' ? value : undefined
  const basic = scheme.toLowerCase() === 'basic' ? readBasic(value) : undefined
  const tokens = [bearer, basic?.password, headers['dd-application-key']].flat()
  return {
    tokens: tokens.flatMap((token) => (token === undefined || token === '' ? [] : [token])),
    basic,
  }
}

/** @see RFC 7617, section 2: the name has no colon, the password may. */
function readBasic(value: string): ShownCredentials['basic'] {
  const [, name, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(value, 'base64').toString()) ?? []
  return name === undefined || password === undefined ? undefined : { name, password }
}
