import type { MetricDescription } from './metric-description.ts'

const tagSet = 'container'
const device = ['device', 'device_name']

/**
 * Metrics of the source `docker`.
 * @see docker_daemon/metadata.csv in DataDog/integrations-core, for names and units
 */
export const dockerMetrics: readonly MetricDescription[] = [
  {
    name: 'docker.cpu.usage',
    unit: '% of a core',
    about: 'CPU time used.',
    formula: { v1: 'Δ `cpuacct.usage` ÷ 10⁷', v2: 'Δ `cpu.stat` usage_usec ÷ 10⁴' },
    tagSet,
  },
  {
    name: 'docker.cpu.user',
    unit: '% of a core',
    about: 'CPU time used by the processes themselves.',
    formula: {
      v1: 'Δ `cpuacct.stat` user (ticks of 10 ms)',
      v2: 'Δ `cpu.stat` user_usec ÷ 10⁴',
    },
    tagSet,
  },
  {
    name: 'docker.cpu.system',
    unit: '% of a core',
    about: 'CPU time used by the kernel for them.',
    formula: {
      v1: 'Δ `cpuacct.stat` system (ticks of 10 ms)',
      v2: 'Δ `cpu.stat` system_usec ÷ 10⁴',
    },
    tagSet,
  },
  {
    name: 'docker.cpu.throttled',
    unit: 'periods/s',
    about: 'Scheduler periods in which it had to wait because its quota was used up.',
    formula: { v1: 'Δ `cpu.stat` nr_throttled', v2: 'Δ `cpu.stat` nr_throttled' },
    tagSet,
  },
  {
    name: 'docker.cpu.limit',
    unit: '% of a core',
    about: 'CPU that it may use; without a limit, all CPUs of the host.',
    formula: {
      v1: '100 × the least of `cpu.cfs_quota_us` ÷ `cpu.cfs_period_us`, CPUs in `cpuset.cpus`, CPUs of the host',
      v2: '100 × the least of `cpu.max`, CPUs in `cpuset.cpus.effective`, CPUs of the host',
    },
    tagSet,
  },
  {
    name: 'docker.mem.rss',
    unit: 'B',
    about: 'Anonymous memory: heap and stacks.',
    formula: { v1: '`memory.stat` total_rss', v2: '`memory.stat` anon' },
    tagSet,
  },
  {
    name: 'docker.mem.cache',
    unit: 'B',
    about: 'Page cache charged to it.',
    formula: { v1: '`memory.stat` total_cache', v2: '`memory.stat` file' },
    tagSet,
  },
  {
    name: 'docker.mem.limit',
    unit: 'B',
    about: 'Memory that it may use; no point without a limit.',
    formula: { v1: '`memory.stat` hierarchical_memory_limit', v2: '`memory.max`' },
    tagSet,
  },
  {
    name: 'docker.mem.in_use',
    unit: 'fraction',
    about: 'Share of the limit, 0 to 1; no point without a limit.',
    formula: {
      v1: '`docker.mem.rss` ÷ `docker.mem.limit`',
      v2: '`docker.mem.rss` ÷ `docker.mem.limit`',
    },
    tagSet,
  },
  {
    name: 'docker.mem.working_set',
    unit: 'B',
    about: 'Memory that cannot be freed at once.',
    formula: {
      v1: '`memory.usage_in_bytes` − `memory.stat` total_inactive_file',
      v2: '`memory.current` − `memory.stat` inactive_file',
    },
    tagSet,
  },
  {
    name: 'docker.io.read_bytes',
    unit: 'B/s',
    about: 'Bytes read from block devices.',
    formula: { v1: 'Δ `blkio.throttle.io_service_bytes` Read', v2: 'Δ `io.stat` rbytes' },
    tagSet,
    extraTags: device,
  },
  {
    name: 'docker.io.write_bytes',
    unit: 'B/s',
    about: 'Bytes written to block devices.',
    formula: { v1: 'Δ `blkio.throttle.io_service_bytes` Write', v2: 'Δ `io.stat` wbytes' },
    tagSet,
    extraTags: device,
  },
  {
    name: 'docker.io.read_operations',
    unit: 'operations/s',
    about: 'Reads from block devices.',
    formula: { v1: 'Δ `blkio.throttle.io_serviced` Read', v2: 'Δ `io.stat` rios' },
    tagSet,
    extraTags: device,
  },
  {
    name: 'docker.io.write_operations',
    unit: 'operations/s',
    about: 'Writes to block devices.',
    formula: { v1: 'Δ `blkio.throttle.io_serviced` Write', v2: 'Δ `io.stat` wios' },
    tagSet,
    extraTags: device,
  },
  {
    name: 'docker.net.bytes_rcvd',
    unit: 'B/s',
    about: 'Bytes received, by network, without the loopback.',
    formula: 'Δ `/proc/<pid>/net/dev` received bytes',
    tagSet,
    extraTags: ['docker_network'],
  },
  {
    name: 'docker.net.bytes_sent',
    unit: 'B/s',
    about: 'Bytes sent, by network, without the loopback.',
    formula: 'Δ `/proc/<pid>/net/dev` transmitted bytes',
    tagSet,
    extraTags: ['docker_network'],
  },
  {
    name: 'docker.thread.count',
    unit: 'threads',
    about: 'Threads of all its processes.',
    formula: { v1: '`pids.current`', v2: '`pids.current`' },
    tagSet,
  },
  {
    name: 'docker.uptime',
    unit: 's',
    about: 'Time since it was started.',
    formula: "now − the engine's `State.StartedAt`",
    tagSet,
  },
  {
    name: 'docker.containers.running',
    unit: 'containers',
    about: 'Running containers that have the same tags.',
    formula: 'containers in the state `running`',
    tagSet: 'service',
  },
  {
    name: 'docker.containers.stopped',
    unit: 'containers',
    about: 'Containers in any other state, by image.',
    formula: 'containers in another state than `running`',
    tagSet: 'image',
  },
  {
    name: 'docker.containers.running.total',
    unit: 'containers',
    about: 'Running containers of the engine.',
    formula: 'containers in the state `running`',
    tagSet: 'none',
  },
  {
    name: 'docker.containers.stopped.total',
    unit: 'containers',
    about: 'Containers of the engine in any other state.',
    formula: 'containers in another state than `running`',
    tagSet: 'none',
  },
]
