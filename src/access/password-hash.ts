import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'
import { HttpError } from '../http/http-error.ts'
import { createHashQueue } from './hash-queue.ts'

/** Makes and checks what is kept of passwords. */
export interface PasswordHasher {
  /** As in `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`. @throws {HttpError} 400 for a password that will not do, 503 when busy. */
  readonly hash: (password: string) => Promise<string>
  /**
   * Whether it is the password. Takes as long where there is none to compare with, so that the time does not tell which
   * names are known.
   * @throws {HttpError} 503 when too many wait already.
   */
  readonly verify: (password: string, stored: string | undefined) => Promise<boolean>
}

/** How much work one password is: 2 to the power of `ln` blocks of 128 times `r` bytes, `p` times. */
export interface PasswordCost {
  readonly ln: number
  readonly r: number
  readonly p: number
}

/** Of a password, in characters. */
const passwordLength = { min: 8, max: 1024 } as const

/**
 * 32 MiB and some 0.2 s of a core for each; argon2id is in Node from 24.7 only, and not yet stable there.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#scrypt
 */
const ownCost: PasswordCost = { ln: 15, r: 8, p: 3 }
const hashBytes = 32
const saltBytes = 16
const limits = { running: 2, waiting: 32 }

/** What {@link PasswordHasher.hash} makes, with room for a cost that is raised one day. */
export const storedPasswordPattern =
  /^\$scrypt\$ln=(1[0-7]),r=(8),p=([1-9])\$([\w+/]{22})\$([\w+/]{43})$/

/**
 * Opens a hasher; at most two passwords are hashed at one time, and 32 wait.
 * @param cost Of what is made; a password that is there is checked at the cost it was made at. Less than ours is for tests alone.
 */
export function openPasswordHasher(cost: PasswordCost = ownCost): PasswordHasher {
  const inTurn = createHashQueue(limits)
  const decoy = encode(cost, randomBytes(saltBytes), randomBytes(hashBytes))
  return {
    async hash(password) {
      checkPassword(password)
      const salt = randomBytes(saltBytes)
      return encode(cost, salt, await inTurn(() => derive(password, salt, cost)))
    },
    async verify(password, stored) {
      const [, ln, r, p, salt = '', hash = ''] = storedPasswordPattern.exec(stored ?? decoy) ?? []
      const madeAt = { ln: Number(ln), r: Number(r), p: Number(p) }
      const found = await inTurn(() => derive(password, Buffer.from(salt, 'base64'), madeAt))
      const isSame = timingSafeEqual(found, Buffer.from(hash, 'base64'))
      return isSame && stored !== undefined
    },
  }
}

/** @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver on length, and against rules on kinds of characters */
function checkPassword(password: string): void {
  const { length } = Array.from(password)
  if (length >= passwordLength.min && length <= passwordLength.max) return
  throw new HttpError(
    400,
    `Cannot use this password: it has ${length} characters; ${passwordLength.min} to ${passwordLength.max} are allowed`,
  )
}

function derive(password: string, salt: Buffer, { ln, r, p }: PasswordCost): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** ln, r, p, maxmem: 2 ** ln * r * 256 }
  return new Promise((resolve, reject) => {
    // The same characters may be typed as one code point or as several.
    scrypt(password.normalize('NFC'), salt, hashBytes, options, (error, hash) => {
      if (error === null) resolve(hash)
      else reject(error)
    })
  })
}

function encode({ ln, r, p }: PasswordCost, salt: Buffer, hash: Buffer): string {
  const [saltText, hashText] = [salt, hash].map((bytes) =>
    bytes.toString('base64').replaceAll('=', ''),
  )
  return `$scrypt$ln=${ln},r=${r},p=${p}$${saltText}$${hashText}`
}
