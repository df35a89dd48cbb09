import type { ClickHouseClient } from '@clickhouse/client'

/** What questions are put to: a client that is only asked. */
export type ReadClient = Pick<ClickHouseClient, 'query' | 'exec'>
