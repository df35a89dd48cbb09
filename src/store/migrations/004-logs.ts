import { logLevels, logOutputs } from '../../model/log-level.ts'
import type { Migration } from './migration.ts'

/** Names to their places, as the lists of the model have them. */
export const levelType: string = enumType(logLevels)
export const outputType: string = enumType(logOutputs)

function enumType(names: readonly string[]): string {
  return `Enum8(${names.map((name, place) => `'${name}' = ${place}`).join(', ')})`
}

/**
 * What the index takes for the text of a line: in lower case, and without colours of terminals, which would else stick to
 * the words behind them (`\e[31mERROR` has the word `31mERROR`).
 */
const indexedText = String.raw`lower(if(position(message, '\x1b[') = 0, message,
    replaceRegexpAll(message, '\x1b\\[[0-9;]*m', ' ')))`

/**
 * Lines lie in steps of five minutes, within them by origin, then by time: newest lines are at the end of each part, and
 * what one container prints lies together, which packs better. The time itself is left out of the primary key: conditions
 * on it would be bound to that column, the third, and not to the step. `taken`, when a line was stored, grows from group to
 * group; as a part of the partition its bounds are known of each part without a look at the disk. Granules and blocks are
 * small, because the index leads to single lines. Statistics of columns would cost as much as a merge and tell nothing
 * here. How far parts are merged is for `log-merges.ts` to say; merged ones go as soon as the kernel has written the new
 * one to the disk (half a minute), not after the usual eight.
 */
const lines = `
CREATE TABLE IF NOT EXISTS vigie.log_lines (
  time DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  origin UInt64 CODEC(ZSTD(1)),
  file UInt64 CODEC(ZSTD(1)),
  position UInt64 CODEC(Delta, ZSTD(1)),
  level ${levelType} CODEC(ZSTD(1)),
  output ${outputType} CODEC(ZSTD(1)),
  message String CODEC(ZSTD(1)),
  attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
  taken DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
  INDEX words message TYPE text(tokenizer = 'splitByNonAlpha', preprocessor = ${indexedText}),
  INDEX attribute_values mapValues(attributes) TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX taken_bounds taken TYPE minmax GRANULARITY 1
) ENGINE = MergeTree
PARTITION BY (toDate(time), toYear(taken))
PRIMARY KEY (toStartOfInterval(time, INTERVAL 5 MINUTE), origin)
ORDER BY (toStartOfInterval(time, INTERVAL 5 MINUTE), origin, time)
SETTINGS ttl_only_drop_parts = 1, index_granularity = 2048, max_compress_block_size = 262144,
  auto_statistics_types = '', vertical_merge_algorithm_min_columns_to_activate = 1, max_parts_to_merge_at_once = 10,
  exclude_deleted_rows_for_part_size_in_merge = 1, old_parts_lifetime = 60, cleanup_delay_period = 20,
  max_cleanup_delay_period = 60`

/** Where lines come from. The id follows from all the rest, so that every server gives the same one. */
const origins = `
CREATE TABLE IF NOT EXISTS vigie.log_origins (
  id UInt64,
  host LowCardinality(String),
  container_id String,
  container_name String,
  image LowCardinality(String),
  service LowCardinality(String),
  source LowCardinality(String),
  tags Array(String) CODEC(ZSTD(1)),
  seen DateTime('UTC')
) ENGINE = ReplacingMergeTree(seen)
ORDER BY id`

/** Lines and their bytes by minute, origin and level: for histograms over long times and for the budget. */
const counts = `
CREATE TABLE IF NOT EXISTS vigie.log_counts (
  minute DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
  origin UInt64 CODEC(ZSTD(1)),
  level ${levelType} CODEC(ZSTD(1)),
  lines UInt64 CODEC(T64, ZSTD(1)),
  bytes UInt64 CODEC(T64, ZSTD(1))
) ENGINE = SummingMergeTree
PARTITION BY toDate(minute)
ORDER BY (minute, origin, level)
SETTINGS ttl_only_drop_parts = 1`

const countsFeed = `
CREATE MATERIALIZED VIEW IF NOT EXISTS vigie.log_counts_feed TO vigie.log_counts AS
SELECT toStartOfMinute(toDateTime(time)) AS minute, origin, level, count() AS lines, sum(length(message)) AS bytes
FROM vigie.log_lines
GROUP BY minute, origin, level`

/** What became of the lines of one container or file, as its agent told it last. */
const ledgers = `
CREATE TABLE IF NOT EXISTS vigie.log_ledgers (
  host LowCardinality(String),
  name String,
  container_id String,
  container_name String,
  time DateTime64(3, 'UTC'),
  way LowCardinality(String),
  written_bytes UInt64,
  read_bytes UInt64,
  read_lines UInt64,
  sent_bytes UInt64,
  sent_lines UInt64,
  dropped_lines UInt64,
  refused_lines UInt64,
  truncated_lines UInt64,
  lost_bytes UInt64,
  rotations UInt64,
  waiting_lines UInt64,
  unanswered_lines UInt64
) ENGINE = ReplacingMergeTree(time)
ORDER BY (host, name)`

/** Bytes that are no UTF-8 are shown as they are; a line that was sent twice is there twice. */
const logsView = `
CREATE OR REPLACE VIEW vigie.logs DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT
  l.time AS time,
  o.host AS host,
  o.container_id AS container_id,
  o.container_name AS container_name,
  o.image AS image,
  o.service AS service,
  o.source AS source,
  l.level AS level,
  l.output AS stream,
  l.message AS message,
  l.attributes AS attributes,
  o.tags AS tags
FROM vigie.log_lines AS l
INNER JOIN vigie.log_origins AS o FINAL ON l.origin = o.id`

/** Log lines, where they come from, how many there are, what became of them, and the view that people ask. */
export const logs: Migration = {
  version: 4,
  name: 'logs',
  statements: [lines, origins, counts, countsFeed, ledgers, logsView],
}
