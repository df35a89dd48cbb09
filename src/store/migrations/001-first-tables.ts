import { containerLists } from '../inserts/containers.ts'
import type { Migration } from './migration.ts'

/**
 * Points lie in the order of their metric, then of their series, then of time: a question that names a metric reads
 * only it. A row that is sent again replaces the one it repeats, at a merge on disk and at once in the views (`FINAL`).
 * Partitions are small against the time rows are kept, since whole parts are dropped.
 */
const points = `
CREATE TABLE IF NOT EXISTS vigie.points_1s (
  metric LowCardinality(String),
  id UInt64,
  time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  value Float64 CODEC(Gorilla, ZSTD(1))
) ENGINE = ReplacingMergeTree
PARTITION BY toStartOfInterval(time, INTERVAL 6 HOUR)
ORDER BY (metric, id, time)
SETTINGS ttl_only_drop_parts = 1`

const series = `
CREATE TABLE IF NOT EXISTS vigie.series (
  id UInt64,
  metric LowCardinality(String),
  kind LowCardinality(String),
  host LowCardinality(String),
  tags Array(String) CODEC(ZSTD(1)),
  interval_s UInt32,
  seen DateTime('UTC')
) ENGINE = ReplacingMergeTree(seen)
ORDER BY (metric, id)`

const events = `
CREATE TABLE IF NOT EXISTS vigie.event_log (
  time DateTime64(3, 'UTC'),
  id UInt64,
  title String,
  text String CODEC(ZSTD(1)),
  alert_type LowCardinality(String),
  priority LowCardinality(String),
  aggregation_key String,
  source LowCardinality(String),
  host LowCardinality(String),
  tags Array(String) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
PARTITION BY toMonday(time)
ORDER BY (time, id)
SETTINGS ttl_only_drop_parts = 1`

const serviceChecks = `
CREATE TABLE IF NOT EXISTS vigie.service_check_log (
  time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  id UInt64,
  name LowCardinality(String),
  status UInt8,
  message String CODEC(ZSTD(1)),
  host LowCardinality(String),
  tags Array(String) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
PARTITION BY toDate(time)
ORDER BY (name, id, time)
SETTINGS ttl_only_drop_parts = 1`

const containerStates = `
CREATE TABLE IF NOT EXISTS vigie.container_states (
  id String,
  time DateTime64(3, 'UTC'),
  host LowCardinality(String),
  name String,
  image LowCardinality(String),
  short_image LowCardinality(String),
  image_id LowCardinality(String),
  runtime LowCardinality(String),
  state LowCardinality(String),
  health LowCardinality(String),
  created DateTime64(3, 'UTC'),
  started Nullable(DateTime64(3, 'UTC')),
  finished Nullable(DateTime64(3, 'UTC')),
  exit_code Nullable(Int32),
  oom_killed Bool,
  restarts UInt32,
  command String CODEC(ZSTD(1)),
  network_mode LowCardinality(String),
  cpu_limit_cores Nullable(Float64),
  memory_limit_bytes Nullable(UInt64),
  labels Map(String, String) CODEC(ZSTD(1)),
  tags Array(String) CODEC(ZSTD(1)),
  env Array(String) CODEC(ZSTD(1)),
  ports ${containerLists.ports} CODEC(ZSTD(1)),
  mounts ${containerLists.mounts} CODEC(ZSTD(1)),
  networks ${containerLists.networks} CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
PARTITION BY toMonday(time)
ORDER BY (id, time)
SETTINGS ttl_only_drop_parts = 1`

const definer = 'DEFINER = CURRENT_USER SQL SECURITY DEFINER'

const metricsView = `
CREATE OR REPLACE VIEW vigie.metrics ${definer} AS
SELECT p.time AS time, p.metric AS metric, s.kind AS kind, p.value AS value, s.host AS host, s.tags AS tags
FROM vigie.points_1s AS p FINAL
INNER JOIN vigie.series AS s FINAL ON p.metric = s.metric AND p.id = s.id`

const eventsView = `
CREATE OR REPLACE VIEW vigie.events ${definer} AS
SELECT time, title, text, alert_type, aggregation_key, source, host, tags
FROM vigie.event_log FINAL`

const serviceChecksView = `
CREATE OR REPLACE VIEW vigie.service_checks ${definer} AS
SELECT time, name, status, message, host, tags
FROM vigie.service_check_log FINAL`

const containerColumns = [
  'host',
  'name',
  'image',
  'short_image',
  'runtime',
  'state',
  'health',
  'created',
  'started',
  'finished',
  'exit_code',
  'oom_killed',
  'restarts',
  'command',
  'network_mode',
  'cpu_limit_cores',
  'memory_limit_bytes',
  'labels',
  'tags',
]

/** The newest state as one tuple: `argMax` of single columns would skip over absent values. */
const containersView = `
CREATE OR REPLACE VIEW vigie.containers ${definer} AS
SELECT
  id,
  ${containerColumns.map((name, index) => `tupleElement(newest, ${index + 1}) AS ${name}`).join(',\n  ')},
  first_seen,
  last_seen
FROM (
  SELECT
    id,
    argMax(tuple(${containerColumns.join(', ')}), time) AS newest,
    min(time) AS first_seen,
    max(time) AS last_seen
  FROM vigie.container_states
  GROUP BY id
)`

/** The tables as they were first made, and the views that people ask. */
export const firstTables: Migration = {
  version: 1,
  name: 'first tables',
  statements: [
    points,
    series,
    events,
    serviceChecks,
    containerStates,
    metricsView,
    eventsView,
    serviceChecksView,
    containersView,
  ],
}
