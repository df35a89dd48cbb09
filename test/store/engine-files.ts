import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClickHouseHttpOptions } from './clickhouse-http.ts'

interface EngineFilesOptions extends ClickHouseHttpOptions {
  readonly folder: string
  readonly users: Readonly<Record<string, string>>
}

/** What the face itself has to do beside what it is asked for: reading bodies, and telling of itself. */
const ownGrants = ['FILE ON *.*', 'READ ON FILE', 'SELECT ON system.*']

/** Writes the configuration of the engine behind HTTP and of its users; gives the path of the first. */
export function writeEngineConfig(options: EngineFilesOptions): string {
  const { folder, cluster } = options
  const usersFile = join(folder, 'users.xml')
  const file = join(folder, 'config.xml')
  mkdirSync(join(folder, 'user_files'))
  writeFileSync(usersFile, usersXml(options))
  const settings = {
    users_config: usersFile,
    user_files_path: `${folder}/user_files/`,
    max_server_memory_usage: 536_870_912,
    allow_implicit_no_password: 1,
    background_pool_size: 2,
    max_thread_pool_size: 256,
  }
  const lines = Object.entries(settings).map(([name, value]) => `<${name}>${value}</${name}>`)
  writeFileSync(file, `<clickhouse>${lines.join('')}${clusterXml(cluster)}</clickhouse>`)
  return file
}

/** Statements run as the engine's own user, `default`; the others are there to be named. */
function usersXml({ users, roles = '', grants = ['ALL ON *.*'] }: EngineFilesOptions): string {
  const queries = [...grants, ...ownGrants].map((grant) => `<query>GRANT ${grant}</query>`)
  const ofUser = (name: string): string =>
    `<${name}><no_password/><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>
    <grants>${queries.join('')}</grants></${name}>`
  const names = Object.keys({ default: '', ...users })
  return `<clickhouse><profiles><default><max_threads>2</max_threads></default></profiles><quotas><default/></quotas>
    ${roles}<users>${names.map(ofUser).join('')}</users></clickhouse>`
}

/** A host of a cluster is this process where its port is the configured one; nothing listens there. */
function clusterXml(cluster: string | undefined): string {
  if (cluster === undefined) return ''
  return `<tcp_port>9000</tcp_port><macros><shard>01</shard><replica>a</replica></macros>
    <remote_servers><${cluster}><shard><internal_replication>true</internal_replication>
    <replica><host>localhost</host><port>9000</port></replica></shard></${cluster}></remote_servers>`
}
