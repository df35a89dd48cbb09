import type { BoardedContainer } from '../../../component/container-board.ts'
import type { ContainerReading } from '../../../component/container-readings.ts'
import type { MetricFamily } from '../../../wire/prometheus-text/metric-family.ts'

/** A container with what was read of it last. */
export interface SeenContainer {
  readonly container: BoardedContainer
  readonly reading: ContainerReading
}

/** One value of a container. */
export interface ContainerValue {
  /** Beside those of the container, printed. */
  readonly labels: string
  /** Absent: there is no such line. */
  readonly value: number | undefined
}

/** What is told of each container under one name. */
export interface ContainerFamily extends MetricFamily {
  /** Names of the labels beside those of the container. */
  readonly labelNames: readonly string[]
  readonly valuesOf: (seen: SeenContainer) => readonly ContainerValue[]
}

/** What a container has one of. */
export type PickValue = (seen: SeenContainer) => number | undefined

/** Goes up and down. */
export function gauge(name: string, help: string, pick: PickValue): ContainerFamily {
  return { ...single(name, help, pick), kind: 'gauge' }
}

/** Only grows while the container runs. */
export function counter(name: string, help: string, pick: PickValue): ContainerFamily {
  return { ...single(name, help, pick), kind: 'counter' }
}

/** In seconds, which is what Prometheus' names promise. */
export function seconds(nanos: number | undefined): number | undefined {
  return nanos === undefined ? undefined : nanos / 1e9
}

function single(name: string, help: string, pick: PickValue): Omit<ContainerFamily, 'kind'> {
  return { name, help, labelNames: [], valuesOf: (seen) => [{ labels: '', value: pick(seen) }] }
}
