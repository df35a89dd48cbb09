import type { CgroupLimits } from '../../../cgroup/sample.ts'
import type { Pass } from './container-series.ts'
import type { Reading } from './reading.ts'

/** Cores that a container may use: the least of its quota, its cpuset and what the host has; absent where none is known. */
function coresAllowed(
  { quotaCores = Infinity, cpusetCores = Infinity }: CgroupLimits,
  hostCpuCount: number,
): number | undefined {
  const cores = Math.min(quotaCores, cpusetCores, hostCpuCount)
  return Number.isFinite(cores) ? cores : undefined
}

/** Cores that a container may use, times `factor`. */
export function allowedTimes(factor: number): (reading: Reading, pass: Pass) => number | undefined {
  return ({ limits }, { hostCpuCount }) => {
    const cores = coresAllowed(limits, hostCpuCount)
    return cores === undefined ? undefined : cores * factor
  }
}
