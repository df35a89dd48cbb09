import type { ClickHouseSettings } from '@clickhouse/client'
import { peopleLimits } from '../embedded/people-limits.ts'
import { upkeepSettings } from '../engine.ts'
import type { SlotLimits } from './slots.ts'

/** What each client sends with every statement, since a server that is not ours has other defaults, or none. */
export interface ClientKind {
  readonly settings: ClickHouseSettings
  readonly limits: SlotLimits
  /** Gives up when nothing has come for so long. */
  readonly timeoutMs: number
}

/**
 * A failure comes as the status and not in the middle of an answer (`wait_end_of_query`). Whole numbers of 64 bits come as
 * texts. What lies on other shards and is asked for within a question is fetched once and handed to all: right wherever
 * rows lie, also after shards were added.
 */
const forAll: ClickHouseSettings = {
  wait_end_of_query: 1,
  output_format_json_quote_64bit_integers: 1,
  do_not_merge_across_partitions_select_final: 1,
  distributed_product_mode: 'global',
}

/**
 * An insert returns once its rows are in the tables, on each shard, and never goes through a queue. A replica that is
 * behind is not asked for what is rolled up, since rolled-up rows must know of all points; shards would not look at that
 * if they rolled up each on its own (`parallel_distributed_insert_select`).
 */
const forWriting: ClickHouseSettings = {
  ...forAll,
  async_insert: 0,
  insert_distributed_sync: 1,
  max_partitions_per_insert_block: '0',
  deduplicate_blocks_in_dependent_materialized_views: 1,
  max_replica_delay_for_distributed_queries: '60',
  fallback_to_stale_replicas_for_distributed_queries: 0,
  parallel_distributed_insert_select: '0',
  distributed_ddl_task_timeout: '180',
  distributed_ddl_output_mode: 'throw',
}

const forQuestions: ClickHouseSettings = {
  ...forAll,
  cancel_http_readonly_queries_on_client_close: 1,
}

export const clientKinds = {
  write: { settings: forWriting, limits: { running: 4, waiting: 1000 }, timeoutMs: 200_000 },
  upkeep: {
    settings: {
      ...forWriting,
      ...upkeepSettings,
    },
    limits: { running: 1, waiting: 100 },
    timeoutMs: 600_000,
  },
  read: {
    settings: {
      ...forQuestions,
      max_execution_time: 20,
      query_plan_max_limit_for_lazy_materialization: '1100',
      readonly: '1',
    },
    limits: { running: 8, waiting: 200 },
    timeoutMs: 30_000,
  },
  people: {
    settings: {
      ...forQuestions,
      max_execution_time: peopleLimits.timeS,
      max_result_rows: String(peopleLimits.rows),
      max_result_bytes: String(peopleLimits.resultBytes),
      result_overflow_mode: 'throw',
      timeout_overflow_mode: 'throw',
      max_ast_depth: '500',
      max_ast_elements: '20000',
      max_subquery_depth: '50',
      allow_introspection_functions: 0,
      allow_ddl: 0,
      readonly: '1',
    },
    limits: { running: 2, waiting: 8 },
    timeoutMs: (peopleLimits.timeS + 5) * 1000,
  },
} as const satisfies Record<string, ClientKind>
