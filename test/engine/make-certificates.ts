import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the files of one authority are; each folder holds `ca.pem`, `cert.pem` and `key.pem`, as `DOCKER_CERT_PATH` wants. */
export interface Certificates {
  /** For an engine at 127.0.0.1. */
  readonly server: string
  readonly client: string
}

/** Makes an authority, and with it a certificate for an engine and one for its client, valid for a day. */
export function makeCertificates(folder: string): Certificates {
  mkdirSync(folder, { recursive: true })
  const key = join(folder, 'ca-key.pem')
  const ca = join(folder, 'ca.pem')
  openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=vigie-test', '-keyout', key, '-out', ca) // prettier-ignore
  const make = (name: string, extensions: string): string => {
    const own = join(folder, name)
    mkdirSync(own)
    const at = (file: string): string => join(own, file)
    writeFileSync(at('extensions'), extensions)
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', `/CN=${name}`, '-keyout', at('key.pem'), '-out', at('request')) // prettier-ignore
    openssl('x509', '-req', '-days', '1', '-in', at('request'), '-CA', ca, '-CAkey', key, '-CAcreateserial', '-extfile', at('extensions'), '-out', at('cert.pem')) // prettier-ignore
    execFileSync('cp', [ca, at('ca.pem')])
    return own
  }
  return {
    server: make('server', 'subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth'),
    client: make('client', 'extendedKeyUsage=clientAuth'),
  }
}

function openssl(...args: readonly string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
