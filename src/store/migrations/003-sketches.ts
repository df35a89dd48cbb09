import type { Migration } from './migration.ts'

/**
 * Sketches lie as points do: in the order of their metric, then of their series, then of time; one that is sent again
 * replaces itself. Bins are two lists of one length, keys ascending, that `sumMap` adds up. Granules are small because rows
 * are large: a question about one series reads few others.
 */
const sketchTable = `
CREATE TABLE IF NOT EXISTS vigie.sketches (
  metric LowCardinality(String),
  id UInt64,
  time DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  count UInt64 CODEC(T64, ZSTD(1)),
  min Float64 CODEC(Gorilla, ZSTD(1)),
  max Float64 CODEC(Gorilla, ZSTD(1)),
  sum Float64 CODEC(Gorilla, ZSTD(1)),
  keys Array(Int16) CODEC(Delta, ZSTD(1)),
  counts Array(UInt32) CODEC(ZSTD(1))
) ENGINE = ReplacingMergeTree
PARTITION BY toStartOfInterval(time, INTERVAL 6 HOUR)
ORDER BY (metric, id, time)
SETTINGS ttl_only_drop_parts = 1, index_granularity = 1024`

/** The share of the values that is a rank, as `model/sketch/sketch-quantile.ts` counts it. */
function rank(share: number): string {
  return `roundBankers(${share} * (arraySum(d.counts) - 1))`
}

/**
 * The quantile of one row; 1338 is the key of 1, 1.015625 the width of a bin, 32767 the key of what is too large for one
 * (`model/sketch/sketch-key.ts`).
 */
function quantile(share: number): string {
  const key = `toInt32(d.keys[arrayFirstIndex(upTo -> upTo > ${rank(share)}, arrayCumSum(d.counts))])`
  const size = `multiIf(${key} = 0, 0, abs(${key}) = 32767, inf, pow(1.015625, abs(${key}) - 1338))`
  const value = `sign(${key}) * ${size}`
  return `multiIf(
    ${rank(share)} <= 0, d.min,
    ${rank(share)} >= arraySum(d.counts) - 1, d.max,
    greatest(d.min, least(d.max, ${value})))`
}

/** A row is what one series had in one interval: its quantiles cannot be added up, its bins can, by the route `query`. */
const distributionsView = `
CREATE OR REPLACE VIEW vigie.distributions DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT d.time AS time, d.metric AS metric, s.host AS host, s.tags AS tags,
  d.count AS count, d.min AS min, d.max AS max, d.sum / d.count AS avg, d.sum AS sum,
  ${quantile(0.5)} AS p50,
  ${quantile(0.95)} AS p95,
  ${quantile(0.99)} AS p99
FROM vigie.sketches AS d FINAL
INNER JOIN vigie.series AS s FINAL ON d.metric = s.metric AND d.id = s.id`

/** Distributions, and the view that people ask for them. */
export const sketches: Migration = {
  version: 3,
  name: 'sketches',
  statements: [sketchTable, distributionsView],
}
