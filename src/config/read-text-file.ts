import { readFileSync, statSync } from 'node:fs'

const maxBytes = 1024 * 1024

/** The text of a file, or what was seen in place of a text and what to do about it. */
export type TextFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fault'; readonly message: string; readonly isForbidden: boolean }

/**
 * Reads a UTF-8 file of at most 1 MiB, without its byte order mark. Never throws.
 * @param option What names the file; a fault says to name another one there.
 */
export function readTextFile(path: string, option = '--config'): TextFile {
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return fault('saw something that is not a file; allowed: a file')
    if (stats.size > maxBytes) {
      return fault(`saw ${stats.size} bytes; allowed: at most ${maxBytes}`)
    }
    return {
      kind: 'text',
      text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path)),
    }
  } catch (error) {
    return describeFailure(error, option)
  }
}

function describeFailure(error: unknown, option: string): TextFile {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return {
        kind: 'fault',
        message: `cannot be read by this user: permission denied; let this user read it, or name another file with ${option}`,
        isForbidden: true,
      }
    case 'ENOENT':
    case 'ENOTDIR':
      return fault(`saw no such file; name a file that exists with ${option}`)
    case 'ERR_ENCODING_INVALID_ENCODED_DATA':
      return fault('saw bytes that are not UTF-8; allowed: a text file in UTF-8')
    default:
      return fault(`cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function fault(message: string): TextFile {
  return { kind: 'fault', message, isForbidden: false }
}
