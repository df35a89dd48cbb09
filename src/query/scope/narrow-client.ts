import type { TagScope } from '../../model/person.ts'
import { SqlParameters } from '../sql-parameters.ts'
import type { ReadClient } from './read-client.ts'
import { scopeSql, type ScopedColumns } from './scope-sql.ts'

const ofContainer = `arrayExists(tag -> startsWith(tag, 'container_id:') OR startsWith(tag, 'container_name:'), tags)`
const tagged: ScopedColumns = { columns: { host: 'host' }, isOfContainer: ofContainer }

/** Tables and views that are seen by the tags of their rows. */
const taggedTables: ReadonlyMap<string, ScopedColumns> = new Map([
  ['series', tagged],
  ['event_log', tagged],
  ['service_check_log', tagged],
  [
    'container_totals',
    {
      columns: { host: 'host', container_id: 'container_id', container_name: 'name' },
      isOfContainer: `container_id != ''`,
    },
  ],
  [
    'container_states',
    {
      columns: { host: 'host', container_id: 'id', container_name: 'name' },
      isOfContainer: `id != ''`,
    },
  ],
  [
    'log_origins',
    {
      columns: {
        host: 'host',
        container_id: 'container_id',
        container_name: 'container_name',
        service: 'service',
        source: 'source',
      },
      isOfContainer: `container_id != ''`,
    },
  ],
])

/** Tables that are seen where the origins of their lines are; the condition follows in brackets. */
const originTables: ReadonlyMap<string, string> = new Map([
  ['log_lines', 'origin IN (SELECT id FROM vigie.log_origins WHERE'],
  ['log_counts', 'origin IN (SELECT id FROM vigie.log_origins WHERE'],
  [
    'log_ledgers',
    `container_id IN (SELECT container_id FROM vigie.log_origins WHERE container_id != '' AND`,
  ],
])

/** Numbers without a name: they are read by the ids that were found in `series`. */
const namelessTables: ReadonlySet<string> = new Set([
  'points_1s',
  'points_10s',
  'points_1m',
  'points_1h',
  'sketches',
  'sketches_10m',
  'sketches_1h',
])

const ownTable = /(?<![\w.`"'])vigie\.(\w+)( FINAL)?( AS \w+)?/g

/**
 * The same client, to which there is nothing in the store but what meets a scope: in each of our statements, a table stands
 * for those of its rows that do. It is no bar to statements that others wrote.
 * @returns A client that throws for a table of which it is not said here how it is narrowed.
 */
export function narrowClient(client: ReadClient, scope: TagScope): ReadClient {
  const narrow = <Params extends { query: string; query_params?: Record<string, unknown> }>(
    params: Params,
  ): Params => {
    const parameters = new SqlParameters('scope')
    const query = params.query.replaceAll(
      ownTable,
      (found: string, table: string, ...[final, alias]: readonly (string | undefined)[]) => {
        const condition = conditionOf(table, scope, parameters)
        if (condition === undefined) return found
        return `(SELECT * FROM vigie.${table}${final ?? ''} WHERE ${condition})${alias ?? ` AS ${table}`}`
      },
    )
    return { ...params, query, query_params: { ...params.query_params, ...parameters.values } }
  }
  return {
    query: (params) => client.query(narrow(params)),
    exec: (params) => client.exec(narrow(params)),
  }
}

function conditionOf(
  table: string,
  scope: TagScope,
  parameters: SqlParameters,
): string | undefined {
  if (namelessTables.has(table)) return undefined
  const columns = taggedTables.get(table)
  if (columns !== undefined) return scopeSql(scope, columns, parameters)
  const start = originTables.get(table)
  const origins = taggedTables.get('log_origins')
  if (start === undefined || origins === undefined) {
    throw new TypeError(`Cannot narrow vigie.${table}: narrow-client.ts does not say how`)
  }
  return `${start} ${scopeSql(scope, origins, parameters)})`
}
