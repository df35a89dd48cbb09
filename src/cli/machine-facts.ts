import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * What tells this machine from others, as far as it can be read, each as a digest: the system asks not to show a
 * machine's id to anybody.
 * @see machine-id(5)
 */
export interface MachineFacts {
  /** What `/etc/machine-id` holds; a cloned disk has the same. */
  readonly machineId?: string
  /** The machine's own id, which a hypervisor makes anew for each clone. Only root may read it. */
  readonly productUuid?: string
  /** Addresses of its network cards; none in a container. */
  readonly macs: readonly string[]
}

/** What some makers put into every machine. */
const noUuid =
  /^(0{8}-0{4}-0{4}-0{4}-0{12}|f{8}-f{4}-f{4}-f{4}-f{12}|03000200-0400-0500-0006-000700080009)$/
const noMac = '00:00:00:00:00:00'
const digestLength = 16

/** Reads them below `root`, the root of the file system. */
export function readMachineFacts(root = '/'): MachineFacts {
  const machineId = readFact(join(root, 'etc/machine-id'))
  const productUuid = readFact(join(root, 'sys/class/dmi/id/product_uuid'))?.toLowerCase()
  return {
    ...(machineId !== undefined && { machineId: digest(machineId) }),
    ...(productUuid !== undefined &&
      !noUuid.test(productUuid) && { productUuid: digest(productUuid) }),
    macs: readMacs(join(root, 'sys/class/net')),
  }
}

/**
 * Whether both are of one machine. What could not be read at either time says nothing; a card that was put in or taken
 * out, or a system that was installed anew, does not make another machine.
 */
export function isSameMachine(before: MachineFacts, now: MachineFacts): boolean {
  if (before.productUuid !== undefined && now.productUuid !== undefined)
    return before.productUuid === now.productUuid
  const haveMacs = before.macs.length > 0 && now.macs.length > 0
  if (haveMacs) return before.macs.some((mac) => now.macs.includes(mac))
  if (before.machineId === undefined || now.machineId === undefined) return true
  return before.machineId === now.machineId
}

/** Cards have a device; bridges, tunnels and the ends of containers' networks have none. */
function readMacs(folder: string): string[] {
  const cards = listFolder(folder).filter((name) => existsSync(join(folder, name, 'device')))
  const macs = cards.flatMap((name) => readFact(join(folder, name, 'address')) ?? [])
  return macs
    .filter((mac) => mac !== noMac)
    .map(digest)
    .toSorted()
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function readFact(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

function digest(fact: string): string {
  return createHash('sha256').update(`vigie ${fact}`).digest('hex').slice(0, digestLength)
}
