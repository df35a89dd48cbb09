import { readFileSync } from 'node:fs'

/**
 * How many packets the kernel has dropped before a UDP socket since it is open, for want of room in its buffer.
 * @param pid A process in the socket's network.
 * @see proc_pid_net(5), the last column of `udp`
 */
export function readUdpDrops(pid: number, port: number): number {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const [, ...lines] = readFileSync(`/proc/${pid}/net/udp`, 'latin1').trim().split('\n')
  const rows = lines.map((line) => line.trim().split(/\s+/))
  const own = rows.filter(([, localAddress = '']) => localAddress.endsWith(end))
  return own.reduce((sum, row) => sum + Number(row.at(-1)), 0)
}
