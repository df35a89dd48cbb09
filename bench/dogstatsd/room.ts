import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A network of its own, in which every port is free and `net.unix.max_dgram_qlen` is what was asked for. */
export interface Room extends AsyncDisposable {
  /** Stands before a command that is to run in it; the process keeps its id. */
  readonly prefix: readonly [string, ...string[]]
}

/** What the kernel gives a new network for `net.unix.max_dgram_qlen`. */
export const usualQueueLength = 10

/**
 * Opens a network that lives until it is left, or this process ends.
 * @throws {Error} If this is not root on Linux.
 */
export async function openRoom(queueLength = usualQueueLength): Promise<Room> {
  const script = `ip link set lo up && echo ${queueLength} > /proc/sys/net/unix/max_dgram_qlen && echo open && read -r _`
  const keeper = spawn('unshare', ['--net', 'sh', '-c', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(keeper, 'exit')
  const opened = once(keeper.stdout, 'data').then(() => true)
  if (!(await Promise.race([opened, ended.then(() => false)]))) {
    throw new Error('Cannot open a network of its own: this needs root on Linux')
  }
  return {
    prefix: ['nsenter', '--target', String(keeper.pid), '--net', '--'],
    async [Symbol.asyncDispose]() {
      keeper.stdin.end()
      await ended
    },
  }
}
