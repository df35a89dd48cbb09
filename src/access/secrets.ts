import { createHash, randomBytes } from 'node:crypto'

/** A key of an agent: 128 random bits as 32 hexadecimal digits, the form that Datadog's agents and clients expect. */
export function makeKey(): string {
  return randomBytes(16).toString('hex')
}

/** A token of a program that asks as a person: 256 random bits behind a mark by which scanners for leaked secrets know it. */
export function makeToken(): string {
  return `${tokenMark}${randomBytes(32).toString('base64url')}`
}

/** What {@link makeToken}'s tokens begin with. */
export const tokenMark = 'vgt_'

/** The secret of a session, 256 random bits. */
export function makeSessionSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** A password for somebody to whom it is told once: 120 random bits in five groups. */
export function makePassword(): string {
  return Array.from({ length: 5 }, () => randomBytes(3).toString('hex')).join('-')
}

/** Names one record among those of its kind. */
export function makeId(): string {
  return randomBytes(6).toString('hex')
}

/**
 * What is kept of a secret that was made here, so that the file gives nothing away. One round of SHA-256 is enough for 128
 * random bits, since nobody can go through them; what people think up is hashed slowly (`password-hash.ts`).
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** What people tell two secrets apart by. */
export function endOf(secret: string): string {
  return secret.slice(-5)
}
