import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EngineError } from './engine-error.ts'

/** How to reach the engine: a socket's path, or a host and port with or without TLS. */
export type Endpoint =
  | { readonly kind: 'socket'; readonly address: string; readonly socketPath: string }
  | {
      readonly kind: 'tcp'
      readonly address: string
      readonly host: string
      readonly port: number
      readonly tls?: Tls
    }

interface Tls {
  readonly ca?: Buffer
  readonly cert?: Buffer
  readonly key?: Buffer
  readonly rejectUnauthorized: boolean
}

/**
 * Reads a `DOCKER_HOST` value: `unix:///path`, `tcp://host:port`, `http://…` or `https://…`. With a folder of
 * certificates, or a wish to verify, `tcp` means TLS, as for Docker's own client.
 * @throws {EngineError} `ENGINE_ENDPOINT` for any other form.
 */
export function parseEndpoint(
  address: string,
  { certPath, shouldVerify }: { certPath?: string; shouldVerify: boolean },
): Endpoint {
  const socketPath = /^(?:unix:\/\/)?(\/.+)$/.exec(address)?.[1]
  if (socketPath !== undefined)
    return { kind: 'socket', address: `unix://${socketPath}`, socketPath }
  const parts = /^(tcp|https?):\/\/(?:\[([^\]]+)\]|([^:/@]+))(?::(\d+))?\/?$/.exec(address)
  if (!parts || Number(parts[4] ?? 1) > 65_535) {
    throw new EngineError(
      'ENGINE_ENDPOINT',
      `Cannot use DOCKER_HOST "${address}": expected unix:///path/to/docker.sock or tcp://host:port`,
    )
  }
  const [, scheme, bracketed, plain = '', portText] = parts
  const isTls = scheme === 'https' || shouldVerify || certPath !== undefined
  const port = portText === undefined ? defaultPort(isTls) : Number(portText)
  const where = { kind: 'tcp', address, host: bracketed ?? plain, port } as const
  return isTls ? { ...where, tls: readTls(certPath, shouldVerify) } : where
}

/**
 * Whether the engine's containers may run on this machine: a socket can also lead elsewhere, into a virtual machine or
 * through SSH.
 */
export function mayBeHere(endpoint: Endpoint): boolean {
  if (endpoint.kind === 'socket') return true
  return /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(endpoint.host)
}

/** Docker's own ports. */
function defaultPort(isTls: boolean): number {
  return isTls ? 2376 : 2375
}

function readTls(certPath: string | undefined, shouldVerify: boolean): Tls {
  if (certPath === undefined) return { rejectUnauthorized: shouldVerify }
  try {
    const read = (name: string): Buffer => readFileSync(join(certPath, name))
    return {
      ca: read('ca.pem'),
      cert: read('cert.pem'),
      key: read('key.pem'),
      rejectUnauthorized: shouldVerify,
    }
  } catch (cause) {
    throw new EngineError(
      'ENGINE_ENDPOINT',
      `Cannot read ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH "${certPath}": ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}
