import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeptFile, type FileBudget } from './kept-file.ts'
import { parseNetDev, type InterfaceTraffic } from './parse-net-dev.ts'

const buffer = Buffer.alloc(64 * 1024)

/** Reads what went through the interfaces of the network namespace that a process is in. */
export interface NetReader {
  /** `undefined` when the process is gone. */
  readonly read: () => readonly InterfaceTraffic[] | undefined
  /** Give it back once the process has ended: an open descriptor keeps the whole namespace alive. */
  readonly close: () => void
}

/** Opens `/proc/<pid>/net/dev` at the first read. */
export function openNetReader(procRoot: string, pid: number, budget: FileBudget): NetReader {
  const file = new KeptFile(join(procRoot, String(pid), 'net/dev'), budget)
  return {
    read() {
      const length = file.read(buffer)
      return length === undefined ? undefined : parseNetDev(buffer, length)
    },
    close: () => file.close(),
  }
}

/**
 * Which interface leads to which address, from the routes of the process's namespace.
 * @returns For each of `addresses` (`172.17.0.2`) the interface whose subnet holds it, where there is one.
 * @see proc_pid_net(5), `route`
 */
export function findInterfaces(
  procRoot: string,
  pid: number,
  addresses: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const line of readRoutes(procRoot, pid)) {
    const [name = '', destination = '', , , , , , mask = ''] = line.split('\t')
    const subnet = parseLittleEndian(destination)
    const bits = parseLittleEndian(mask)
    if (bits === 0) continue
    for (const address of addresses)
      if ((parseAddress(address) & bits) >>> 0 === subnet) found.set(address, name)
  }
  return found
}

function readRoutes(procRoot: string, pid: number): readonly string[] {
  try {
    return readFileSync(join(procRoot, String(pid), 'net/route'), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
  } catch {
    return []
  }
}

function parseLittleEndian(hex: string): number {
  return (
    Number.parseInt(
      hex
        .replaceAll(/../g, (pair) => `${pair} `)
        .trim()
        .split(' ')
        .toReversed()
        .join(''),
      16,
    ) >>> 0
  )
}

function parseAddress(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0)
}
