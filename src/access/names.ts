import { HttpError } from '../http/http-error.ts'

const userName = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,99}$/u
const control = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/**
 * A person's name as it is kept: letters and digits, then also `. _ @ + -`, so that an address of mail will do. It has no
 * space, so that none can be taken for one of ours (`command line`).
 * @throws {HttpError} 400 for any other text.
 */
export function checkUserName(name: string): string {
  const normal = name.normalize('NFC')
  if (userName.test(normal)) return normal
  throw new HttpError(
    400,
    `Cannot use the name "${name.slice(0, 100)}": letters, digits and . _ @ + - are allowed, the first a letter or digit, at most 100`,
  )
}

/** The same name however it is typed. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

/**
 * What a key or token is called, for people to know it by.
 * @throws {HttpError} 400 for an empty one, a long one, and one with signs that cannot be seen.
 */
export function checkLabel(label: string, of: 'key' | 'token'): string {
  const trimmed = label.trim().normalize('NFC')
  if (trimmed !== '' && trimmed.length <= 100 && !control.test(trimmed)) return trimmed
  throw new HttpError(
    400,
    `Cannot name the ${of} "${label.slice(0, 100)}": give 1 to 100 characters that can be seen`,
  )
}
