import type { Migration } from './migration.ts'

/**
 * One row for each run of a container that has ended, in the order of time: questions name one. Host, container and start
 * are what a run is told by, so a run that is sent again replaces itself, unless less is known of it then; the partition follows from the start, since rows
 * replace one another within a partition only. Few long runs aside, a run ends soon after its start, so that the bounds of
 * `finished` leave most of the table unread.
 */
const runs = `
CREATE TABLE IF NOT EXISTS vigie.container_runs (
  started DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  host LowCardinality(String),
  container_id String,
  finished DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  name String,
  image LowCardinality(String),
  short_image LowCardinality(String),
  tags Array(String) CODEC(ZSTD(1)),
  exit_code Nullable(Int32),
  oom_killed Bool,
  cpu_nanos Nullable(UInt64),
  user_nanos Nullable(UInt64),
  system_nanos Nullable(UInt64),
  throttled_nanos Nullable(UInt64),
  memory_peak_bytes Nullable(UInt64),
  read_bytes Nullable(UInt64),
  written_bytes Nullable(UInt64),
  received_bytes Nullable(UInt64),
  sent_bytes Nullable(UInt64),
  exact Bool,
  method LowCardinality(String),
  reason String CODEC(ZSTD(1)),
  certainty UInt8,
  INDEX finished_bounds finished TYPE minmax GRANULARITY 1,
  INDEX container_bloom container_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = ReplacingMergeTree(certainty)
PARTITION BY toMonday(started)
ORDER BY (started, host, container_id)
SETTINGS ttl_only_drop_parts = 1`

/** Times are seconds and not nanoseconds, since people add them up and read them; what was not read is NULL. */
const totalsView = `
CREATE OR REPLACE VIEW vigie.container_totals DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  container_id,
  name,
  image,
  short_image,
  host,
  tags,
  started,
  finished,
  exit_code,
  oom_killed,
  cpu_nanos / 1000000000 AS cpu_seconds,
  user_nanos / 1000000000 AS user_seconds,
  system_nanos / 1000000000 AS system_seconds,
  memory_peak_bytes,
  read_bytes,
  written_bytes,
  received_bytes,
  sent_bytes,
  throttled_nanos / 1000000000 AS throttled_seconds,
  exact,
  method,
  reason
FROM vigie.container_runs FINAL`

/** What each run of a container used, and the view that people ask for it. */
export const containerRuns: Migration = {
  version: 2,
  name: 'container runs',
  statements: [runs, totalsView],
}
