import { composeProxy } from '../legacy-proxy.ts'
import type { Draft, Origin } from './draft.ts'
import { split } from './plain-settings.ts'
import type { IniEntry } from './read-ini.ts'

/** The keys of the section `Main`, and where the outcome goes. */
export class GroupRequest {
  readonly #entries: ReadonlyMap<string, IniEntry>
  readonly #originOf: (entry: IniEntry) => Origin
  readonly #draft: Draft

  constructor(
    entries: ReadonlyMap<string, IniEntry>,
    originOf: (entry: IniEntry) => Origin,
    draft: Draft,
  ) {
    this.#entries = entries
    this.#originOf = originOf
    this.#draft = draft
  }

  /** `undefined` where the key is not there or empty. */
  valueOf(key: string): string | undefined {
    const value = this.#entries.get(key)?.value ?? ''
    return value === '' ? undefined : value
  }

  /** Sets `path`, as what `key` has become. */
  set(path: readonly string[], value: unknown, key: string): void {
    const entry = this.#entries.get(key)
    if (entry !== undefined) this.#draft.set(path, value, this.#originOf(entry))
  }

  /** Drops those of `keys` that are there. */
  drop(keys: readonly string[], reason: string): void {
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (entry !== undefined && entry.value !== '') this.#draft.drop(this.#originOf(entry), reason)
    }
  }
}

/** Keys that mean something together. */
interface Group {
  readonly keys: readonly string[]
  readonly convert: (request: GroupRequest, keys: readonly string[]) => void
}

const backends: ReadonlyMap<string, string> = new Map([
  ['etcd', 'etcd'],
  ['consul', 'consul'],
  ['zk', 'zookeeper'],
])

/** Where Agent 5 sent when nothing else was said; needs no setting any more. */
const usualAddress = 'https://app.datadoghq.com'

/** Every group, none with a key of another. */
export const groups: readonly Group[] = [
  { keys: ['dd_url', 'api_key'], convert: convertEndpoints },
  { keys: ['proxy_host', 'proxy_port', 'proxy_user', 'proxy_password'], convert: convertProxy },
  { keys: ['syslog_host', 'syslog_port'], convert: convertSyslog },
  { keys: ['service_discovery_backend'], convert: convertListener },
  {
    keys: [
      'sd_config_backend',
      'sd_backend_host',
      'sd_backend_port',
      'sd_backend_username',
      'sd_backend_password',
      'consul_token',
    ],
    convert: convertProvider,
  },
]

/** Addresses and keys come in pairs: the first is the main one, others get a copy. */
function convertEndpoints(request: GroupRequest): void {
  const [url, ...otherUrls] = split(request.valueOf('dd_url') ?? '')
  const [key, ...otherKeys] = split(request.valueOf('api_key') ?? '')
  if (url !== undefined && url !== usualAddress) request.set(['dd_url'], url, 'dd_url')
  if (key !== undefined) request.set(['api_key'], key, 'api_key')
  const pairs = otherUrls.slice(0, otherKeys.length)
  if (pairs.length > 0) {
    const byAddress = Object.groupBy(
      pairs.map((address, at) => ({ address, own: otherKeys[at] })),
      ({ address }) => address,
    )
    const copies = Object.entries(byAddress).map(([address, all]) => [
      address,
      (all ?? []).map(({ own }) => own),
    ])
    request.set(['additional_endpoints'], Object.fromEntries(copies), 'dd_url')
  }
  const reason = 'it has more parts than there are pairs of dd_url and api_key'
  if (otherUrls.length > pairs.length) request.drop(['dd_url'], reason)
  if (otherKeys.length > pairs.length) request.drop(['api_key'], reason)
}

function convertProxy(request: GroupRequest, keys: readonly string[]): void {
  const host = request.valueOf('proxy_host')
  if (host === undefined) {
    request.drop(keys, 'there is no proxy_host')
    return
  }
  const written = composeProxy({
    host,
    port: request.valueOf('proxy_port'),
    user: request.valueOf('proxy_user'),
    password: request.valueOf('proxy_password'),
  })
  if (written === undefined) {
    request.drop(keys, 'proxy_host is no host and no address')
    return
  }
  request.set(['proxy', 'http'], written, 'proxy_host')
  request.set(['proxy', 'https'], written, 'proxy_host')
}

function convertSyslog(request: GroupRequest, keys: readonly string[]): void {
  const host = request.valueOf('syslog_host')
  const port = request.valueOf('syslog_port')
  if (host === undefined) request.drop(keys, 'there is no syslog_host')
  else request.set(['syslog_uri'], port === undefined ? host : `${host}:${port}`, 'syslog_host')
}

function convertListener(request: GroupRequest, keys: readonly string[]): void {
  const listener = request.valueOf('service_discovery_backend')
  if (listener === 'docker') {
    request.set(['listeners'], [{ name: 'docker' }], 'service_discovery_backend')
  } else request.drop(keys, 'only docker is known')
}

/** Where configurations of checks were looked for; only three places are known. */
function convertProvider(request: GroupRequest, keys: readonly string[]): void {
  const name = backends.get(request.valueOf('sd_config_backend') ?? '')
  if (name === undefined) {
    request.drop(keys, `sd_config_backend is none of ${[...backends.keys()].join(', ')}`)
    return
  }
  const [, host = '', port, username, password, token] = keys.map((key) => request.valueOf(key))
  const provider = {
    name,
    polling: true,
    template_url: port === undefined ? host : `${host}:${port}`,
    username,
    password,
    token: name === 'consul' ? token : undefined,
  }
  if (name !== 'consul') request.drop(['consul_token'], 'it is for consul only')
  const written = Object.entries(provider).filter(([, value]) => value !== undefined)
  request.set(['config_providers'], [Object.fromEntries(written)], 'sd_config_backend')
}
