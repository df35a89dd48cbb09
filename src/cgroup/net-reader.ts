import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { KeptFile, type FileBudget } from './kept-file.ts'
import { KnownWords } from './known-words.ts'
import { isProcessOf } from './own-process.ts'
import { parseNetDev, type InterfaceTraffic } from './parse-net-dev.ts'

const buffer = Buffer.alloc(64 * 1024)
const interfaceNames = new KnownWords()

/** Reads what went through the interfaces of the network namespace that a process is in. */
export interface NetReader {
  /** `undefined` when the process is gone. */
  readonly read: () => readonly InterfaceTraffic[] | undefined
  /** Give it back once the process has ended: an open descriptor keeps the whole namespace alive. */
  readonly close: () => void
}

/** Opens `/proc/<pid>/net/dev` at the first read. */
export function openNetReader(procRoot: string, pid: number, budget: FileBudget): NetReader {
  return readNetDev(new KeptFile(pathOf(procRoot, pid), budget))
}

/**
 * Like `openNetReader()`, for the first process of a container. Once that process number belongs to somebody else, there is
 * nothing to read.
 */
export function openContainerNetReader(
  procRoot: string,
  { id, pid }: { readonly id: string; readonly pid: number },
  budget: FileBudget,
): NetReader {
  // Asked after opening: a process that is the container's now was so at that moment, too.
  const isOurs = (): boolean => isProcessOf(id, pid, procRoot)
  return readNetDev(new KeptFile(pathOf(procRoot, pid), budget, isOurs))
}

function pathOf(procRoot: string, pid: number): string {
  return join(procRoot, String(pid), 'net/dev')
}

function readNetDev(file: KeptFile): NetReader {
  return {
    read() {
      const length = file.read(buffer)
      return length === undefined ? undefined : parseNetDev(buffer, length, interfaceNames)
    },
    close: () => file.close(),
  }
}

/**
 * Which interface leads to which address: by the routes of the process's namespace, and for IPv6 by the addresses of its
 * interfaces.
 * @returns For each of `addresses` (`172.17.0.2`, `fd00:1::2`) the interface that it is of, where there is one.
 * @see proc_pid_net(5), `route`, `if_inet6`
 */
export function findInterfaces(
  procRoot: string,
  pid: number,
  addresses: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const six = addresses.filter((address) => address.includes(':'))
  addByRoute(found, { procRoot, pid, addresses: addresses.filter((one) => !one.includes(':')) })
  if (six.length === 0) return found
  for (const line of readLines(procRoot, pid, 'net/if_inet6')) {
    const [hex = '', , , , , name = ''] = line.trim().split(/\s+/)
    for (const address of six) if (expandAddress(address) === hex) found.set(address, name)
  }
  return found
}

function addByRoute(
  found: Map<string, string>,
  where: {
    readonly procRoot: string
    readonly pid: number
    readonly addresses: readonly string[]
  },
): void {
  for (const line of readLines(where.procRoot, where.pid, 'net/route').slice(1)) {
    const [name = '', destination = '', , , , , , mask = ''] = line.split('\t')
    const subnet = parseLittleEndian(destination)
    const bits = parseLittleEndian(mask)
    if (bits === 0) continue
    for (const address of where.addresses)
      if ((parseAddress(address) & bits) >>> 0 === subnet) found.set(address, name)
  }
}

function readLines(procRoot: string, pid: number, name: string): readonly string[] {
  try {
    return readFileSync(join(procRoot, String(pid), name), 'latin1')
      .trim()
      .split('\n')
  } catch {
    return []
  }
}

/** `fd00::2` as the kernel writes it: 32 hexadecimal digits. */
function expandAddress(address: string): string {
  const [head = '', tail] = address.toLowerCase().split('::')
  const [before, after] = [groupsOf(head), groupsOf(tail ?? '')]
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after]
  return groups.map((group) => group.padStart(4, '0')).join('')
}

function groupsOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(':')
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
