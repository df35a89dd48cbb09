import type { MetricDescription } from './metric-description.ts'

/**
 * Metrics of the source `host`, in the units of Datadog's system checks.
 * @see proc_stat(5), proc_meminfo(5), proc_diskstats(5)
 */
export const hostMetrics: readonly MetricDescription[] = [
  cpu('user', 'Time in programs, niced ones too.', 'user + nice'),
  cpu('system', 'Time in the kernel, interrupts too.', 'system + irq + softirq'),
  cpu('idle', 'Time with nothing to do.', 'idle'),
  cpu('iowait', 'Time with nothing to do but to wait for a disk.', 'iowait'),
  cpu('stolen', 'Time that the hypervisor gave to others.', 'steal'),
  memory('total', 'Memory of the host.', 'MemTotal'),
  memory('free', 'Memory that nothing uses.', 'MemFree'),
  memory('used', 'Memory in use, page cache too.', 'MemTotal − MemFree'),
  memory('usable', 'Memory that programs can still get.', 'MemAvailable'),
  {
    ...memory('pct_usable', 'Share of the memory that programs can still get, 0 to 1.', ''),
    unit: 'fraction',
    formula: '`/proc/meminfo` MemAvailable ÷ MemTotal',
  },
  load(1, 'first'),
  load(5, 'second'),
  load(15, 'third'),
  {
    name: 'system.uptime',
    unit: 's',
    about: 'Time since the host was started.',
    formula: '`/proc/uptime`, first field',
    tagSet: 'none',
  },
  {
    ...traffic('system.net.bytes_rcvd', 'Bytes received, by interface.'),
    formula: 'Δ `/proc/1/net/dev` received bytes, without `lo` and `veth*`',
  },
  {
    ...traffic('system.net.bytes_sent', 'Bytes sent, by interface.'),
    formula: 'Δ `/proc/1/net/dev` transmitted bytes, without `lo` and `veth*`',
  },
  {
    ...traffic(
      'system.io.rkb_s',
      'Kibibytes read, by disk; what goes through a partition counts at its disk.',
    ),
    unit: 'KiB/s',
    formula: 'Δ `/proc/diskstats` sectors read ÷ 2',
  },
  {
    ...traffic(
      'system.io.wkb_s',
      'Kibibytes written, by disk; what goes through a partition counts at its disk.',
    ),
    unit: 'KiB/s',
    formula: 'Δ `/proc/diskstats` sectors written ÷ 2',
  },
]

/** The five shares of CPU time make 100. */
function cpu(kind: string, about: string, fields: string): MetricDescription {
  return {
    name: `system.cpu.${kind}`,
    unit: '% of all cores',
    about,
    formula: `100 × Δ \`/proc/stat\` ${fields} ÷ Δ of its first eight fields`,
    tagSet: 'none',
  }
}

function memory(kind: string, about: string, fields: string): MetricDescription {
  return {
    name: `system.mem.${kind}`,
    unit: 'MiB',
    about,
    formula: `\`/proc/meminfo\` ${fields}`,
    tagSet: 'none',
  }
}

function load(minutes: number, place: string): MetricDescription {
  return {
    name: `system.load.${minutes}`,
    unit: '',
    about: `Threads that ran or wanted to, averaged over ${minutes} min.`,
    formula: `\`/proc/loadavg\`, ${place} field`,
    tagSet: 'none',
  }
}

function traffic(name: string, about: string): MetricDescription {
  return { name, unit: 'B/s', about, formula: '', tagSet: 'none', extraTags: ['device'] }
}
