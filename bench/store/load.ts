import { containerMetrics } from '../../src/model/metric-catalogue/container-metrics.ts'
import { dockerContainerMetrics } from '../../src/model/metric-catalogue/docker-container-metrics.ts'
import type { Point, Series } from '../../src/model/series.ts'

const containers = 400
/** Those of a container that are sent by their names. */
const names = [...dockerContainerMetrics, ...containerMetrics].map(({ name }) => name).slice(0, 40)
const imageCount = 20

/** One series of the load: what it is, and its value at each second. */
export interface LoadSeries {
  readonly series: Series
  readonly valueAt: (second: number) => number
}

/** The metric that questions are about; its values wander as a CPU's do. */
export const askedMetric = names[2] ?? ''

/**
 * 400 containers of 20 images with 40 series each, ten tags a series. A quarter of the series never changes, a quarter
 * grows slowly, a quarter goes in waves and a quarter is noise that is mostly nothing: what containers are like.
 */
export function makeLoad(host: string): readonly LoadSeries[] {
  const load: LoadSeries[] = []
  for (let container = 0; container < containers; container += 1) {
    const tags = describeContainer(container)
    for (const [metric, name] of names.entries()) {
      const series: Series = { metric: name, kind: 'gauge', host, tags, intervalS: 1 }
      load.push({ series, valueAt: chooseShape(metric, container * names.length + metric) })
    }
  }
  return load
}

/** The load at some seconds, as an agent would send it. */
export function* pointsAt(
  load: readonly LoadSeries[],
  seconds: readonly number[],
): Generator<Point, void> {
  for (const second of seconds) {
    for (const { series, valueAt } of load) {
      yield { kind: 'point', series, value: valueAt(second), timeMs: second * 1000 }
    }
  }
}

function describeContainer(container: number): readonly string[] {
  const image = `registry.example.org/team/app-${container % imageCount}`
  const id = noise(container, 1).toString(16).padStart(8, '0').repeat(8)
  return [
    `container_id:${id}`,
    `container_name:app-${container % imageCount}-${container}`,
    `docker_image:${image}:1.${container % 7}`,
    `image_name:${image}`,
    `short_image:app-${container % imageCount}`,
    `image_tag:1.${container % 7}`,
    'runtime:docker',
    `service:app-${container % imageCount}`,
    `env:${container % 3 === 0 ? 'staging' : 'prod'}`,
    `version:1.${container % 7}`,
  ]
}

function chooseShape(metric: number, seed: number): LoadSeries['valueAt'] {
  switch (metric % 4) {
    case 0:
      return () => seed * 4096
    case 1:
      return (second) => seed + Math.floor(second / 10) * 4096
    case 2:
      return (second) => Math.round((50 + 40 * Math.sin(second / 30 + seed)) * 100) / 100
    default:
      return (second) => (noise(second, seed) % 10 === 0 ? noise(second, seed + 1) % 100_000 : 0)
  }
}

/** 32 bits that look random and are the same each time. */
function noise(one: number, other: number): number {
  let mixed = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(other ^ 0xc2b2ae35, 0x27d4eb2f)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return (mixed ^ (mixed >>> 15)) >>> 0
}
