import { readFileSync } from 'node:fs'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import {
  ClickHouseLogLevel,
  createClient,
  type ClickHouseClientConfigOptions,
} from '@clickhouse/client'
import { StoreOpenError } from '../store-errors.ts'
import type { ClientConnection } from './dialect-connection.ts'
import type { RemoteOptions } from './remote-options.ts'

/** Connections to the server, kept open between statements and shared by all clients. */
export function openHttpAgent({ url, tls }: RemoteOptions): HttpAgent {
  const kept = { keepAlive: true, maxSockets: 24 }
  if (!url.startsWith('https:')) return new HttpAgent(kept)
  return new HttpsAgent({
    ...kept,
    ca: readPem(tls.caFile),
    cert: readPem(tls.certFile),
    key: readPem(tls.keyFile),
    rejectUnauthorized: tls.isVerified,
  })
}

/**
 * How the server is reached by all clients. Bodies go compressed both ways. Idle connections are for the agent alone to
 * close, as the server tells it: a client would close one under another that has taken it over meanwhile.
 */
export function httpOptions(
  options: RemoteOptions,
  agent: HttpAgent,
): ClickHouseClientConfigOptions {
  return {
    url: options.url,
    username: options.user,
    password: options.password,
    http_agent: agent,
    keep_alive: { enabled: true, idle_socket_ttl: 0 },
    application: 'vigie',
    compression: { request: { codec: 'zstd', level: 1 }, response: { codec: 'zstd' } },
    use_multipart_params_auto: true,
    log: { level: ClickHouseLogLevel.OFF },
  }
}

/** The transport of a client: what it sends its statements through. */
export function openTransport(config: ClickHouseClientConfigOptions): ClientConnection {
  const client = createClient(config)
  // The package keeps its transport to itself but takes another one in its place; ours stands in front of its own. Its
  // version is pinned.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (client as unknown as { readonly connection: ClientConnection }).connection
}

function readPem(file: string | undefined): Buffer | undefined {
  if (file === undefined) return undefined
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new StoreOpenError(
      'STORE_UNREACHABLE',
      `Cannot open the store: the file ${file} cannot be read; give a PEM file that the server may read`,
      { cause },
    )
  }
}
