import type { InterfaceTraffic } from '../../../cgroup/parse-net-dev.ts'
import type { CgroupLimits, CgroupSample } from '../../../cgroup/sample.ts'

/** All that is known of one running container at one moment, wherever it was read. */
export interface Reading {
  readonly sample: CgroupSample
  readonly limits: CgroupLimits
  /** Absent where its network namespace cannot be read. */
  readonly interfaces: readonly InterfaceTraffic[] | undefined
  /** Files that its processes hold open; absent where that was not counted. */
  readonly openFiles?: number | undefined
}
