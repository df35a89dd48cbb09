import { hash } from 'node:crypto'
import type { MetricType } from '../metric-type.ts'

/** What samples are added up by, but for where they come from. */
export interface ContextIdentity {
  readonly type: MetricType
  readonly name: string
  readonly host: string | undefined
  /** Sorted, each once. */
  readonly tags: readonly string[]
}

/** Words that stand for an identity. */
export const identityWords = 4

/**
 * 128 bits that stand for an identity, so that no text has to be kept of it: of 2^32 of them two are the same with a chance
 * below 10^-19.
 */
export function identify({ type, name, host, tags }: ContextIdentity): Int32Array {
  // As JSON no two identities are the same text, whatever characters are in them.
  const text = JSON.stringify([type, name, host ?? null, ...tags])
  const bytes = hash('sha1', text, 'buffer')
  return Int32Array.from({ length: identityWords }, (_, word) => bytes.readInt32LE(word * 4))
}

/** 32 bits that stand for a name. */
export function hashName(name: string): number {
  let sum = 0
  for (let at = 0; at < name.length; at += 1) {
    sum = Math.imul(sum ^ name.charCodeAt(at), 0x01_00_01_93)
    sum ^= sum >>> 13
  }
  return sum
}
