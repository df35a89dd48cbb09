import { readFile, stat } from 'node:fs/promises'
import { createSecureContext, type SecureContextOptions } from 'node:tls'
import type { Log } from '../telemetry/log.ts'

/** Where certificate (with what leads up to its issuer) and private key lie, both PEM. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

/** A pair that TLS can be spoken with. */
export type TlsPair = Required<Pick<SecureContextOptions, 'cert' | 'key' | 'minVersion'>>

/** The pair in the files, followed as it changes. */
export interface FollowedTls {
  readonly first: TlsPair
  /** The pair that has come into the files since it was asked last; undefined when there is none, or it cannot be used. */
  readonly next: () => Promise<TlsPair | undefined>
}

/** Certificate or key cannot be used; the message says why. */
class TlsFileError extends Error {
  override readonly name = 'TlsFileError'
  readonly code = 'TLS_FILE'
}

/**
 * Reads certificate and key. A new pair that cannot be used leaves the old one in force and is told to the log, once.
 * @throws {TlsFileError} When the first pair cannot be read, or is none.
 */
export async function followTlsFiles(files: TlsFiles, log: Log): Promise<FollowedTls> {
  let seen = await readStamp(files)
  const first = await readPair(files)
  return {
    first,
    async next() {
      const stamp = await readStamp(files)
      if (stamp === seen) return undefined
      seen = stamp
      try {
        const pair = await readPair(files)
        log.info(`The certificate in ${files.certFile} has changed and is in force`)
        return pair
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        log.warn(`${reason}; the one before stays in force`)
        return undefined
      }
    },
  }
}

/** What changes with the files; renewing tools replace a symbolic link or write in place. */
async function readStamp({ certFile, keyFile }: TlsFiles): Promise<string> {
  const stamps = [certFile, keyFile].map(async (file) => {
    const found = await stat(file, { bigint: true }).catch(() => undefined)
    return found === undefined ? 'none' : `${found.ino}-${found.mtimeNs}-${found.size}`
  })
  return (await Promise.all(stamps)).join(' ')
}

async function readPair({ certFile, keyFile }: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([readPem(certFile), readPem(keyFile)])
  const pair = { cert, key, minVersion: 'TLSv1.2' } as const
  try {
    createSecureContext(pair)
  } catch (cause) {
    // OpenSSL's reasons name no content: "key values mismatch", "no start line".
    const seen = cause instanceof Error ? cause.message.replace(/^error:\w+:/, '') : String(cause)
    throw new TlsFileError(
      `Cannot speak TLS with ${certFile} and ${keyFile}: ${seen}; they have to be a certificate and its private key, in PEM and without a password`,
      { cause },
    )
  }
  return pair
}

async function readPem(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new TlsFileError(
      `Cannot read ${file}: ${code}; give it to the user that the server runs as, or name another in vigie.tls`,
      { cause },
    )
  }
}
