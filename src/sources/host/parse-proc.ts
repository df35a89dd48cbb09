/** Time all CPUs spent since the start, in ticks, by what they did. */
export interface CpuTicks {
  readonly user: number
  readonly system: number
  readonly idle: number
  readonly iowait: number
  readonly stolen: number
}

/**
 * Reads the first line of `/proc/stat`. Nice counts as user, interrupts as system.
 * @returns `undefined` if the line is not there.
 * @see proc_stat(5)
 */
export function parseCpuTicks(text: string): CpuTicks | undefined {
  const fields = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').map(Number) ?? []
  const [user, nice, system, idle, iowait, irq, softirq, stolen] = fields
  if (user === undefined || nice === undefined || system === undefined) return undefined
  if (idle === undefined || iowait === undefined || irq === undefined) return undefined
  if (softirq === undefined || stolen === undefined) return undefined
  return { user: user + nice, system: system + irq + softirq, idle, iowait, stolen }
}

/**
 * Reads `/proc/meminfo`.
 * @returns Bytes by name, such as `MemAvailable`.
 * @see proc_meminfo(5)
 */
export function parseMeminfo(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const [, name = '', kibibytes] of text.matchAll(/^(\w+):\s+(\d+) kB$/gm)) {
    values.set(name, Number(kibibytes) * 1024)
  }
  return values
}

/**
 * Reads the numbers at the start of `/proc/loadavg` (`0.42 0.37 0.30 1/178 1773`) or `/proc/uptime`.
 * @see proc_loadavg(5), proc_uptime(5)
 */
export function parseNumbers(text: string): readonly number[] {
  const words = text.trim().split(/\s+/)
  const end = words.findIndex((word) => !/^\d+(\.\d+)?$/.test(word))
  return words.slice(0, end < 0 ? words.length : end).map(Number)
}

/** What one whole disk did since the start. */
export interface DiskTraffic {
  readonly name: string
  readonly readBytes: number
  readonly writtenBytes: number
}

const sectorBytes = 512
/** Memory and loop devices are no disks, and what goes through a partition is counted at its disk. */
const noDisk = /^(loop|ram|zram|sr|fd)\d|^(sd|vd|xvd|hd)[a-z]+\d+$|^(nvme\d+n\d+|mmcblk\d+)p\d+$/

/**
 * Reads `/proc/diskstats`.
 * @see kernel docs, iostats: fields 6 and 10 are sectors of 512 bytes
 */
export function parseDiskstats(text: string): readonly DiskTraffic[] {
  return text.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/)
    const name = fields[2]
    if (name === undefined || fields.length < 10 || noDisk.test(name)) return []
    return [
      {
        name,
        readBytes: Number(fields[5]) * sectorBytes,
        writtenBytes: Number(fields[9]) * sectorBytes,
      },
    ]
  })
}
