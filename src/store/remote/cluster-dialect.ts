import type { Dialect } from './dialect.ts'
import { mapCode } from './map-code.ts'
import { quoteName, quoteText } from './quote-sql.ts'
import { inDatabase, isOfDatabase, showAsOwn } from './server-dialect.ts'
import { shardKeys } from './shard-keys.ts'

export interface ClusterPlace {
  readonly database: string
  readonly cluster: string
  /** Whose rights the views have: hosts that are told of one by another do not know who is asking. */
  readonly user: string
}

/** One of our statements, taken apart. */
interface Parts {
  /** What stands before the name of the table or view, behind it, and the name. */
  readonly head: string
  readonly name: string
  readonly rest: string
}

const localTables = /(?<![\w.`"])vigie\.(\w+)/g
const local = '_local'

/**
 * Our statements for a cluster. Each host has the tables as `<table>_local`, replicated within its shard; `<table>` itself
 * is `Distributed` over them, so that questions and inserts stay as they are. A view is made over the local tables of each
 * host, where all that it joins lies together, and is distributed in the same way: shards do the work, each on its own.
 * @throws {Error} For a statement that has no meaning on a cluster yet.
 */
export function clusterDialect(place: ClusterPlace): Dialect {
  const question = (statement: string): string =>
    inDatabase(showClusterAsOwn(statement, place), place.database)
  return {
    commands: (statement) =>
      isOfDatabase(statement)
        ? []
        : translate(statement, place).map((one) => inDatabase(one, place.database)),
    question,
    peopleQuestion: (statement) => inDatabase(statement, place.database),
  }
}

function translate(statement: string, place: ClusterPlace): readonly string[] {
  const take = (pattern: RegExp): Parts | undefined => takeApart(statement, pattern)
  const table = take(/^\s*(CREATE TABLE (?:IF NOT EXISTS )?)vigie\.(\w+)/i)
  if (table) return createTable(table, place)
  const view = take(/^\s*(CREATE OR REPLACE VIEW )vigie\.(\w+)/i)
  if (view) return createView(view, place)
  const feed = take(/^\s*(CREATE MATERIALIZED VIEW (?:IF NOT EXISTS )?)vigie\.(\w+)/i)
  if (feed) return [onCluster(feed, place, toLocal(feed.rest))]
  const altered = take(/^\s*(ALTER TABLE )vigie\.(\w+)/i)
  if (altered) return alterTable(altered, place)
  const changed = take(
    /^\s*((?:DELETE FROM|OPTIMIZE TABLE|TRUNCATE TABLE(?: IF EXISTS)?) )vigie\.(\w+)/i,
  )
  if (changed) return [onCluster({ ...changed, name: changed.name + local }, place)]
  const dropped = take(/^\s*(DROP (?:TABLE|VIEW) IF EXISTS )vigie\.(\w+)/i)
  if (dropped) return drop(dropped, place)
  if (/^\s*(INSERT|SELECT|WITH|KILL|EXPLAIN)\b/i.test(statement)) {
    return [showClusterAsOwn(statement, place)]
  }
  throw new Error(`Cannot say on a cluster: ${statement.trim().slice(0, 80)}`)
}

function takeApart(statement: string, pattern: RegExp): Parts | undefined {
  const match = pattern.exec(statement)
  if (match === null) return undefined
  const [all, head = '', name = ''] = match
  return { head, name, rest: statement.slice(all.length) }
}

/** Tables that are not of the MergeTree family hold nothing that would be replicated: they are made on each host as they are. */
function createTable(table: Parts, place: ClusterPlace): readonly string[] {
  const { name, rest } = table
  const engine = /\bENGINE = (\w*?MergeTree)(?:\(([^)]*)\))?/.exec(rest)
  if (engine === null) return [onCluster(table, place)]
  const [all, family = '', own] = engine
  // No {uuid} in it: a host that joins later is given the tables by the same statement, and must find its shard's.
  const path = `/clickhouse/tables/{shard}/${place.database}/${name}${local}`
  const values = [quoteText(path), `'{replica}'`, ...(own ? [own] : [])].join(', ')
  const replicated = rest.replace(all, () => `ENGINE = Replicated${family}(${values})`)
  return [
    onCluster({ ...table, name: name + local }, place, replicated),
    distributeTable(name, place, 'CREATE TABLE IF NOT EXISTS'),
  ]
}

function createView(view: Parts, place: ClusterPlace): readonly string[] {
  const named = view.rest.replace(
    'DEFINER = CURRENT_USER',
    () => `DEFINER = ${quoteName(place.user)}`,
  )
  return [
    onCluster({ ...view, name: view.name + local }, place, toLocal(named)),
    `CREATE OR REPLACE TABLE ${distributed(view.name, place)}`,
  ]
}

/** Columns are the only thing that the table over the local ones has too: it is made anew from them. */
function alterTable(altered: Parts, place: ClusterPlace): readonly string[] {
  const ownTable = onCluster({ ...altered, name: altered.name + local }, place)
  return /\bCOLUMN\b/i.test(altered.rest)
    ? [ownTable, distributeTable(altered.name, place, 'CREATE OR REPLACE TABLE')]
    : [ownTable]
}

/** SYNC: only then the name and the path in Keeper are free again. */
function drop({ name }: Parts, place: ClusterPlace): readonly string[] {
  const dropOne = (which: string): string =>
    `DROP TABLE IF EXISTS vigie.${which} ON CLUSTER ${quoteName(place.cluster)} SYNC`
  return [dropOne(name), dropOne(name + local)]
}

function onCluster({ head, name, rest }: Parts, place: ClusterPlace, newRest = rest): string {
  return `${head}vigie.${name} ON CLUSTER ${quoteName(place.cluster)}${newRest}`
}

function distributeTable(name: string, place: ClusterPlace, verb: string): string {
  const key = shardKeys[name]
  if (key === undefined)
    throw new Error(`Cannot put ${name} on a cluster: shard-keys.ts has no key for it`)
  return `${verb} ${distributed(name, place, key)}`
}

/** Without a key it is for reading alone. */
function distributed(name: string, { cluster, database }: ClusterPlace, key?: string): string {
  const values = [cluster, database, name + local].map(quoteText)
  if (key !== undefined) values.push(key)
  return `vigie.${name} ON CLUSTER ${quoteName(cluster)} AS vigie.${name}${local} ENGINE = Distributed(${values.join(', ')})`
}

/** Within a host: each table of ours is the one that lies there. */
function toLocal(text: string): string {
  return mapCode(text, (code) => code.replaceAll(localTables, (all) => all + local))
}

/** What lies on one host of each shard; what the tables are like, which is the same on all, is asked here. */
function showClusterAsOwn(statement: string, { database, cluster }: ClusterPlace): string {
  return showAsOwn(statement, {
    database,
    source: (table) =>
      table === 'tables' ? `system.${table}` : `cluster(${quoteText(cluster)}, system.${table})`,
    where: (table) => (table === 'tables' ? `engine != 'Distributed'` : undefined),
    ownName: (column) => `replaceRegexpOne(${column}, '${local}$', '')`,
  })
}
