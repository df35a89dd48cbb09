import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * How many datagrams a Unix socket that is made now lets wait. It is a setting of each network namespace, and what a socket
 * has been made with it keeps.
 * @returns The kernel's default where it cannot be read.
 * @see unix(7), `/proc/sys/net/unix/max_dgram_qlen`
 */
export function readQueueLength(procRoot = '/proc'): number {
  try {
    const length = Number(readFileSync(join(procRoot, 'sys/net/unix/max_dgram_qlen'), 'utf8'))
    return Number.isInteger(length) && length > 0 ? length : usualQueueLength
  } catch {
    return usualQueueLength
  }
}

/** The kernel's default: with it, clients that do not wait lose some of what they send at some 10,000 packets a second. */
const usualQueueLength = 10

/** From so many on, receiving may pause for a millisecond and more without a client noticing. */
export const ampleQueueLength = 256
