/** What is read of a cgroup besides its CPU time; the names and units are those of `CgroupLife`. */
export interface LifeFigures {
  readonly cpuUserNanos?: number | undefined
  readonly cpuSystemNanos?: number | undefined
  readonly throttledNanos?: number | undefined
  readonly memoryPeakBytes?: number | undefined
  readonly oomKills?: number | undefined
  readonly readBytes?: number | undefined
  readonly writtenBytes?: number | undefined
}

/** The newer of two readings, figure by figure, since a file may be gone before all are read. */
export function mergeFigures(older: LifeFigures, newer: LifeFigures): LifeFigures {
  return {
    cpuUserNanos: newer.cpuUserNanos ?? older.cpuUserNanos,
    cpuSystemNanos: newer.cpuSystemNanos ?? older.cpuSystemNanos,
    throttledNanos: newer.throttledNanos ?? older.throttledNanos,
    memoryPeakBytes: newer.memoryPeakBytes ?? older.memoryPeakBytes,
    oomKills: newer.oomKills ?? older.oomKills,
    readBytes: newer.readBytes ?? older.readBytes,
    writtenBytes: newer.writtenBytes ?? older.writtenBytes,
  }
}
