/**
 * Which expression tells the shard of a row, for each table that has rows. What belongs to one series, one container or one
 * origin of lines lies on one shard, with what is said of it; rows that replace one another do too.
 */
export const shardKeys: Readonly<Record<string, string>> = {
  schema_migrations: 'version',
  series: 'id',
  points_1s: 'id',
  points_10s: 'id',
  points_1m: 'id',
  points_1h: 'id',
  sketches: 'id',
  sketches_10m: 'id',
  sketches_1h: 'id',
  rollup_marks: 'id',
  rollup_progress: 'cityHash64(name)',
  dropped_partitions: 'cityHash64(table)',
  event_log: 'id',
  service_check_log: 'id',
  container_states: 'cityHash64(id)',
  container_runs: 'cityHash64(container_id)',
  log_lines: 'origin',
  log_counts: 'origin',
  log_origins: 'id',
  log_ledgers: 'cityHash64(host, name)',
  server_heartbeats: 'cityHash64(id)',
}
