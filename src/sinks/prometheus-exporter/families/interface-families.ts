import type { InterfaceCounters } from '../../../component/container-readings.ts'
import { printLabels } from '../../../wire/prometheus-text/print-labels.ts'
import type { ContainerFamily } from './container-family.ts'

/** What went through each interface of a container. */
export const interfaceFamilies: readonly ContainerFamily[] = [
  perInterface(
    'container_network_receive_bytes_total',
    'Bytes received.',
    (one) => one.receivedBytes,
  ),
  perInterface(
    'container_network_receive_packets_total',
    'Packets received.',
    (one) => one.receivedPackets,
  ),
  perInterface(
    'container_network_receive_errors_total',
    'Errors while receiving.',
    (one) => one.receiveErrors,
  ),
  perInterface(
    'container_network_receive_packets_dropped_total',
    'Packets dropped while receiving.',
    (one) => one.receiveDrops,
  ),
  perInterface('container_network_transmit_bytes_total', 'Bytes sent.', (one) => one.sentBytes),
  perInterface(
    'container_network_transmit_packets_total',
    'Packets sent.',
    (one) => one.sentPackets,
  ),
  perInterface(
    'container_network_transmit_errors_total',
    'Errors while sending.',
    (one) => one.sendErrors,
  ),
  perInterface(
    'container_network_transmit_packets_dropped_total',
    'Packets dropped while sending.',
    (one) => one.sendDrops,
  ),
]

function perInterface(
  name: string,
  help: string,
  pick: (counts: InterfaceCounters) => number,
): ContainerFamily {
  return {
    name,
    kind: 'counter',
    help,
    labelNames: ['interface'],
    valuesOf: ({ reading }) =>
      (reading.interfaces ?? []).map((counts) => ({
        labels: printLabels([['interface', counts.name]]),
        value: pick(counts),
      })),
  }
}
