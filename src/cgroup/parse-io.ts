/** What one block device did for a cgroup since the cgroup was made. */
export interface DeviceIo {
  /** `major:minor` */
  readonly device: string
  readonly readBytes: number
  readonly writtenBytes: number
  readonly readOperations: number
  readonly writeOperations: number
}

/**
 * Reads `io.stat`: `254:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=0 dios=0`.
 * @returns One entry a device, those without any figure left out. Linux 5.15 to 5.18 writes such a device without a line
 *   end, so that it stands before the next one: `253:1 254:0 rbytes=1 …`.
 * @see kernel docs, cgroup-v2, "io.stat"
 */
export function parseIoStat(text: string): readonly DeviceIo[] {
  const devices: DeviceIo[] = []
  for (const line of text.split('\n')) {
    const words = line.split(' ')
    const device = words.findLast((word) => word.includes(':'))
    if (device === undefined) continue
    const values = new Map(words.map((word) => splitPair(word)))
    const readBytes = values.get('rbytes')
    if (readBytes === undefined) continue
    devices.push({
      device,
      readBytes,
      writtenBytes: values.get('wbytes') ?? 0,
      readOperations: values.get('rios') ?? 0,
      writeOperations: values.get('wios') ?? 0,
    })
  }
  return devices
}

function splitPair(pair: string): [string, number] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), Number(pair.slice(at + 1))]
}

/**
 * Reads one of v1's files of lines `254:0 Read 4096`.
 * @returns Read and Write by device; one that has no number any more (`(unknown)`) is left out.
 * @see kernel docs, cgroup-v1, blkio-controller, "blkio.throttle.io_service_bytes"
 */
export function parseBlkio(
  text: string,
): ReadonlyMap<string, { readonly read: number; readonly write: number }> {
  const devices = new Map<string, { read: number; write: number }>()
  for (const line of text.split('\n')) {
    const [device = '', operation, value] = line.split(' ')
    if (value === undefined || !device.includes(':')) continue
    const sums = devices.get(device) ?? { read: 0, write: 0 }
    if (operation === 'Read') sums.read += Number(value)
    if (operation === 'Write') sums.write += Number(value)
    devices.set(device, sums)
  }
  return devices
}

/** Puts v1's two files together in the shape of `io.stat`. */
export function joinBlkio(bytesText: string, operationsText: string): readonly DeviceIo[] {
  const operations = parseBlkio(operationsText)
  return [...parseBlkio(bytesText)].map(([device, bytes]) => ({
    device,
    readBytes: bytes.read,
    writtenBytes: bytes.write,
    readOperations: operations.get(device)?.read ?? 0,
    writeOperations: operations.get(device)?.write ?? 0,
  }))
}
