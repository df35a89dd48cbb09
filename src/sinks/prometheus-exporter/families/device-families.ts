import type { DeviceCounters } from '../../../component/container-readings.ts'
import { printLabels } from '../../../wire/prometheus-text/print-labels.ts'
import type { ContainerFamily, ContainerValue } from './container-family.ts'

/** What a container read from and wrote to each block device. */
export const deviceFamilies: readonly ContainerFamily[] = [
  perDevice('container_fs_reads_bytes_total', 'Bytes read.', (one) => one.readBytes),
  perDevice('container_fs_reads_total', 'Reads completed.', (one) => one.readOperations),
  perDevice('container_fs_writes_bytes_total', 'Bytes written.', (one) => one.writtenBytes),
  perDevice('container_fs_writes_total', 'Writes completed.', (one) => one.writeOperations),
  {
    name: 'container_blkio_device_usage_total',
    kind: 'counter',
    help: 'Bytes read and written.',
    labelNames: ['device', 'major', 'minor', 'operation'],
    valuesOf: ({ reading }) => (reading.devices ?? []).flatMap(bothWays),
  },
]

function perDevice(
  name: string,
  help: string,
  pick: (counts: DeviceCounters) => number | undefined,
): ContainerFamily {
  return {
    name,
    kind: 'counter',
    help,
    labelNames: ['device'],
    valuesOf: ({ reading }) =>
      (reading.devices ?? []).map((counts) => ({
        labels: printLabels([['device', pathOf(counts)]]),
        value: pick(counts),
      })),
  }
}

function bothWays(counts: DeviceCounters): readonly ContainerValue[] {
  const [major = '', minor = ''] = counts.device.split(':')
  const labelsOf = (operation: string): string =>
    printLabels([
      ['device', pathOf(counts)],
      ['major', major],
      ['minor', minor],
      ['operation', operation],
    ])
  return [
    { labels: labelsOf('Read'), value: counts.readBytes },
    { labels: labelsOf('Write'), value: counts.writtenBytes },
  ]
}

function pathOf({ device: number, name }: DeviceCounters): string {
  return name === undefined ? number : `/dev/${name}`
}
