import type { ClickHouseClient } from '@clickhouse/client'
import { QuestionError } from '../question-error.ts'
import { refusedFunctions } from './function-policy.ts'
import { wrapQuery } from './wrap-query.ts'

/** Rows out of thin air; every other table function reads something. */
const allowedTableFunctions = new Set([
  'numbers',
  'numbers_mt',
  'zeros',
  'zeros_mt',
  'generateseries',
  'generate_series',
  'values',
  'sqlstandardvalues',
])

/** The engine shows its own tables to everybody; these say nothing about the server. */
const allowedSystemTables = new Set([
  'system.one',
  'system.numbers',
  'system.numbers_mt',
  'system.zeros',
  'system.zeros_mt',
  'system.columns',
  'system.functions',
  'system.data_type_families',
  'system.time_zones',
])

/**
 * A bare name may stand for a function, as in `arrayMap(file, …)`. These functions take no argument, so they cannot be
 * called that way, and people give their columns such names.
 */
const plainNames = new Set([
  'user',
  'hostname',
  'fullhostname',
  'fqdn',
  'uptime',
  'revision',
  'tid',
])

export interface GuardClients {
  /** Reads the engine's list of functions. */
  readonly read: ClickHouseClient
  /** Has the rights and limits of people. */
  readonly people: ClickHouseClient
}

/**
 * Lets a question pass that names nothing but rows and values, as the engine itself understands it: the engine's query
 * tree, before anything of it is resolved or run, lists every function, table and setting, however it was written.
 * The text must be balanced (`checkTokens`), else it could end the tree's own statement and start another.
 * @throws {QuestionError} `refused`, naming what is not allowed.
 * @throws {ClickHouseError} When the engine cannot read the question.
 */
export async function checkNames(clients: GuardClients, query: string): Promise<void> {
  const refused = await refusedFunctions(clients.read)
  for (const line of await readTree(clients.people, query)) {
    for (const name of namesAfter(line, 'function_name: ')) {
      if (refused.has(name)) throw refuse(`the function ${name}`)
    }
    for (const name of namesAfter(line, 'table_function_name: ')) {
      if (!allowedTableFunctions.has(name)) throw refuse(`the table function ${name}`)
    }
    for (const name of namesAfter(line, 'identifier: ')) {
      if (refused.has(name) && !plainNames.has(name)) throw refuse(`the name ${name}`)
      if (name.startsWith('system.') && !allowedSystemTables.has(name)) throw refuse(name)
    }
    if (/^\s*SETTINGS /.test(line)) throw refuse('SETTINGS')
  }
}

async function readTree(client: ClickHouseClient, query: string): Promise<readonly string[]> {
  const answer = await client.query({
    query: `EXPLAIN QUERY TREE run_passes = 0 ${wrapQuery(query)}`,
    format: 'JSONCompactEachRow',
  })
  const rows = await answer.json<readonly [string]>()
  return rows.map(([line]) => line)
}

/** Every name that follows `label` in a line; a name that holds the label itself only adds to what is checked. */
function namesAfter(line: string, label: string): readonly string[] {
  return line
    .split(label)
    .slice(1)
    .map((rest) => rest.split(',', 1)[0]?.trim().toLowerCase() ?? '')
}

function refuse(what: string): QuestionError {
  return new QuestionError(
    'refused',
    `Cannot run the query: ${what} is not allowed here; questions may read the views metrics, metrics_10s, metrics_1m, metrics_1h, distributions, events, service_checks, containers, container_totals and logs`,
  )
}
