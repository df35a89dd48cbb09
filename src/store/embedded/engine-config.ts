export interface EngineConfigOptions {
  /** Folder for files that SQL may name; nothing is ever put there. */
  readonly userFilesDir: string
  readonly usersFile: string
  /** Folder that backups are written to and read from. */
  readonly backupsDir: string
  /** All memory the engine may take, of which one question gets at most a half. */
  readonly maxMemoryBytes: number
}

/** Views that people may ask. The engine itself knows by their role that nothing else is theirs. */
const publicViews = [
  'metrics',
  'metrics_10s',
  'metrics_1m',
  'metrics_1h',
  'distributions',
  'events',
  'service_checks',
  'containers',
  'container_totals',
  'logs',
] as const

/** No merge begins while merges take more of the memory. */
const mergesShare = 0.3

/** Statistics of every column would take a fifth of what inserts and merges cost; our questions name the order of their joins. */
const tableSettings = [['auto_statistics_types', '']] as const

/**
 * The engine's server configuration. Pools and caches are small: the engine is a guest in the server's process.
 * @see ClickHouse docs, "Server settings"
 */
export function engineConfigXml(options: EngineConfigOptions): string {
  const settings: Record<string, string | number> = {
    users_config: options.usersFile,
    user_files_path: options.userFilesDir,
    max_server_memory_usage: options.maxMemoryBytes,
    mark_cache_size: 8_388_608,
    primary_index_cache_size: 8_388_608,
    uncompressed_cache_size: 0,
    index_mark_cache_size: 1_048_576,
    index_uncompressed_cache_size: 0,
    mmap_cache_size: 0,
    compiled_expression_cache_size: 1_048_576,
    query_condition_cache_size: 8_388_608,
    text_index_header_cache_size: 16_777_216,
    text_index_tokens_cache_size: 8_388_608,
    text_index_postings_cache_size: 1_048_576,
    background_pool_size: 2,
    background_merges_mutations_concurrency_ratio: 1,
    merges_mutations_memory_usage_soft_limit: Math.floor(options.maxMemoryBytes * mergesShare),
    background_move_pool_size: 1,
    background_fetches_pool_size: 1,
    background_common_pool_size: 1,
    background_buffer_flush_schedule_pool_size: 1,
    background_schedule_pool_size: 2,
    background_message_broker_schedule_pool_size: 1,
    background_distributed_schedule_pool_size: 1,
    max_thread_pool_size: 256,
    max_thread_pool_free_size: 4,
    allow_implicit_no_password: 1,
  }
  const lines = Object.entries(settings).map(([name, value]) => element(name, String(value)))
  const backups = element('allowed_path', options.backupsDir)
  return xml([
    ...lines,
    `<backups>${backups}</backups>`,
    `<merge_tree>${tableSettings.map(([name, value]) => element(name, value)).join('')}</merge_tree>`,
    '<send_crash_reports><enabled>false</enabled></send_crash_reports>',
  ])
}

/**
 * The engine's users: `default`, whose role `owner` may do everything within the database `vigie` and nothing outside
 * the engine (no files, no addresses, no other servers), and whose role `people` may read the public views only. A
 * connection that takes the role `people` has no other right left.
 * @see ClickHouse docs, "Access control", "users.xml"
 */
export function engineUsersXml(maxMemoryBytes: number): string {
  const profile: Record<string, number> = {
    max_threads: 2,
    max_insert_threads: 1,
    max_memory_usage: Math.floor(maxMemoryBytes / 2),
    max_temporary_data_on_disk_size_for_query: 1_073_741_824,
    max_partitions_per_insert_block: 0,
    do_not_merge_across_partitions_select_final: 1,
    compile_expressions: 0,
    compile_aggregate_expressions: 0,
    compile_sort_description: 0,
    output_format_json_quote_64bit_integers: 1,
  }
  const settings = Object.entries(profile).map(([name, value]) => element(name, String(value)))
  const owner = [
    'GRANT SHOW, SELECT, INSERT, ALTER, CREATE, DROP, TRUNCATE, OPTIMIZE, BACKUP, CHECK ON vigie.*',
    'GRANT CREATE TEMPORARY TABLE ON *.*',
    'GRANT KILL QUERY ON *.*',
  ]
  const people = publicViews.map((view) => `GRANT SELECT ON vigie.${view}`)
  return xml([
    `<profiles><default>${settings.join('')}</default></profiles>`,
    '<quotas><default></default></quotas>',
    `<roles><owner>${grants(owner)}</owner><people>${grants(people)}</people></roles>`,
    '<users><default><no_password/><networks><ip>::/0</ip></networks><profile>default</profile>',
    `<quota>default</quota>${grants(['GRANT owner', 'GRANT people'])}</default></users>`,
  ])
}

function grants(queries: readonly string[]): string {
  return `<grants>${queries.map((query) => element('query', query)).join('')}</grants>`
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<${name}>${escaped}</${name}>`
}

function xml(lines: readonly string[]): string {
  return `<clickhouse>\n${lines.join('\n')}\n</clickhouse>\n`
}
