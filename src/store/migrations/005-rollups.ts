import type { Migration } from './migration.ts'

/**
 * Points of an interval as one row. It can be made again at any time: then the row that knows of more points counts, and
 * of two that know of as many the newer one. Partitions are a small part of the time that each table is kept.
 */
function points(table: string, partition: string): string {
  return `
CREATE TABLE IF NOT EXISTS vigie.${table} (
  metric LowCardinality(String),
  id UInt64,
  time DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
  min Float64 CODEC(Gorilla, ZSTD(1)),
  max Float64 CODEC(Gorilla, ZSTD(1)),
  sum Float64 CODEC(Gorilla, ZSTD(1)),
  last Float64 CODEC(Gorilla, ZSTD(1)),
  count UInt32 CODEC(T64, ZSTD(1))
) ENGINE = ReplacingMergeTree(count)
PARTITION BY ${partition}
ORDER BY (metric, id, time)`
}

/** As `sketches`, with the bins of an interval added up. */
function sketches(table: string, partition: string): string {
  return `
CREATE TABLE IF NOT EXISTS vigie.${table} (
  metric LowCardinality(String),
  id UInt64,
  time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  count UInt64 CODEC(T64, ZSTD(1)),
  min Float64 CODEC(Gorilla, ZSTD(1)),
  max Float64 CODEC(Gorilla, ZSTD(1)),
  sum Float64 CODEC(Gorilla, ZSTD(1)),
  keys Array(Int16) CODEC(Delta, ZSTD(1)),
  counts Array(UInt64) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree(count)
PARTITION BY ${partition}
ORDER BY (metric, id, time)
SETTINGS index_granularity = 1024`
}

/** Up to when everything is rolled up. */
const progress = `
CREATE TABLE IF NOT EXISTS vigie.rollup_progress (
  name LowCardinality(String),
  complete_to DateTime('UTC')
) ENGINE = ReplacingMergeTree(complete_to)
ORDER BY name`

/**
 * Series to which points came late, written before the points themselves: what is already rolled up of that hour has to be
 * made again. A partition is what one pass takes and then drops.
 */
const marks = `
CREATE TABLE IF NOT EXISTS vigie.rollup_marks (
  hour DateTime('UTC'),
  pass UInt64,
  metric LowCardinality(String),
  id UInt64
) ENGINE = ReplacingMergeTree
PARTITION BY (hour, pass)
ORDER BY (metric, id)`

/** Partitions that were dropped: nothing of these tables is left before `until`. */
const drops = `
CREATE TABLE IF NOT EXISTS vigie.dropped_partitions (
  table LowCardinality(String),
  until DateTime('UTC'),
  bytes UInt64,
  reason LowCardinality(String),
  dropped DateTime('UTC')
) ENGINE = ReplacingMergeTree(dropped)
ORDER BY (table, until)`

/**
 * What agents send is refused before the disk is quite full, so that what came before can still be rolled up and dropped,
 * which makes room.
 */
function keepReserve(table: string): string {
  return `ALTER TABLE vigie.${table} MODIFY SETTING min_free_disk_bytes_to_perform_insert = 33554432`
}

/**
 * A point is written again at each merge, which costs as much as to insert it. Here parts wait until all of them together are
 * ten times as large as the largest, in place of five times. Old ones do not wait as long.
 */
const mergeSeldom = 'ALTER TABLE vigie.points_1s MODIFY SETTING merge_selector_base = 10'

function view(name: string, table: string): string {
  return `
CREATE OR REPLACE VIEW vigie.${name} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT p.time AS time, p.metric AS metric, s.kind AS kind, p.min AS min, p.max AS max, p.sum / p.count AS avg,
  p.sum AS sum, p.count AS count, p.last AS last, s.host AS host, s.tags AS tags
FROM vigie.${table} AS p FINAL
INNER JOIN vigie.series AS s FINAL ON p.metric = s.metric AND p.id = s.id`
}

/** Points and distributions in coarser steps, what the roller knows, and the views that people ask. */
export const rollups: Migration = {
  version: 5,
  name: 'rollups',
  statements: [
    points('points_10s', 'toDate(time)'),
    points('points_1m', 'toMonday(time)'),
    points('points_1h', 'toStartOfMonth(time)'),
    sketches('sketches_10m', 'toMonday(time)'),
    sketches('sketches_1h', 'toStartOfMonth(time)'),
    progress,
    marks,
    drops,
    ...['points_1s', 'sketches', 'log_lines'].map(keepReserve),
    mergeSeldom,
    view('metrics_10s', 'points_10s'),
    view('metrics_1m', 'points_1m'),
    view('metrics_1h', 'points_1h'),
  ],
}
