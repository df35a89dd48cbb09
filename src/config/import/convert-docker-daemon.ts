import { basename, dirname, join } from 'node:path'
import { containerPatterns } from '../schema/container-patterns.ts'
import { readCheckInstance, toTexts, type CheckInstance } from './check-instance.ts'
import type { Draft } from './draft.ts'

/** Where the options of the check are ours. */
const section = ['vigie', 'sources', 'docker']

/** Options of an instance that the check `docker` still has. */
const keptOptions = new Set([
  'collect_events',
  'filtered_event_types',
  'collect_container_size',
  'collect_container_count',
  'collect_volume_count',
  'collect_image_size',
  'collect_disk_stats',
  'collect_exit_codes',
  'tags',
  'capped_metrics',
])

const reasons: ReadonlyMap<string, string> = new Map([
  ['api_version', 'the newest version that both sides know is used'],
  ['init_retries', 'an engine that is away is asked for again each second'],
  ['init_retry_interval', 'an engine that is away is asked for again each second'],
  ['custom_cgroups', 'cgroups are found wherever they are'],
  ['health_service_check_whitelist', 'docker.container_health is sent for every health check'],
  ['collect_images_stats', 'images are always counted'],
  ['ecs_tags', 'all tags are always collected'],
  ['performance_tags', 'all tags are always collected'],
  ['container_tags', 'all tags are always collected'],
  ['event_attributes_as_tags', 'events carry the tags of their containers'],
  ['use_histogram', 'there are no histograms of containers any more'],
])
const otherReason = 'the check docker does not have it'

/** Agent 5 could look at any tag; only these two fields are left, under several names. */
const filterFields: ReadonlyMap<string, string> = new Map([
  ['docker_image', 'image'],
  ['image_name', 'image'],
  ['image', 'image'],
  ['container_name', 'name'],
  ['name', 'name'],
])

const standardSocket = /^unix:\/{2,3}var\/run\/docker\.sock$/

/**
 * Puts what `docker_daemon.yaml` says of the whole host into `draft`, and names what has no place any more.
 * @returns The options that go into `docker.d/conf.yaml`; `undefined` when the file cannot be read.
 * @see datadog.md A.7, A.8
 */
export function convertDockerDaemon(
  path: string,
  draft: Draft,
): Readonly<Record<string, unknown>> | undefined {
  const check = readCheckInstance(path, draft)
  if (check === undefined) return undefined
  convertInitConfig(check, draft)
  const kept: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(check.instance)) {
    if (value === null) continue
    if (!keptOptions.has(name)) convertOption(name, check, draft)
    else if (draft.takes([...section, name], value, check.originOf(['instances', 0, name]))) {
      kept[name] = value
    }
  }
  return kept
}

function convertInitConfig({ initConfig, originOf }: CheckInstance, draft: Draft): void {
  const files = ['tls_client_cert', 'tls_client_key', 'tls_cacert']
  for (const [name, value] of Object.entries(initConfig)) {
    const origin = originOf(['init_config', name])
    if (value === null || files.includes(name) || name === 'tls') continue
    if (name === 'docker_root') {
      const [root = '/'] = toTexts(value)
      draft.set(['container_cgroup_root'], join(root, 'sys/fs/cgroup'), origin)
      draft.set(['container_proc_root'], join(root, 'proc'), origin)
    } else if (name === 'timeout') draft.set(['docker_query_timeout'], value, origin)
    else if (name === 'tls_verify') draft.set(['vigie', 'docker', 'tls_verify'], value, origin)
    else draft.drop(origin, reasons.get(name) ?? otherReason)
  }
  convertCertificates(files, { initConfig, originOf }, draft)
}

/** Docker's own way is one folder with three files of fixed names. */
function convertCertificates(
  names: readonly string[],
  { initConfig, originOf }: Pick<CheckInstance, 'initConfig' | 'originOf'>,
  draft: Draft,
): void {
  const given = names.filter((name) => typeof initConfig[name] === 'string')
  const paths = given.map((name) => String(initConfig[name]))
  const [first = ''] = paths
  const isStandard =
    paths.map((path) => basename(path)).join() === 'cert.pem,key.pem,ca.pem' &&
    paths.every((path) => dirname(path) === dirname(first))
  if (isStandard) {
    const origin = originOf(['init_config', given[0] ?? ''])
    draft.set(['vigie', 'docker', 'cert_path'], dirname(first), origin)
    return
  }
  for (const name of given) {
    draft.drop(
      originOf(['init_config', name]),
      'put ca.pem, cert.pem and key.pem into one folder and name it with DOCKER_CERT_PATH',
    )
  }
}

function convertOption(name: string, { instance, originOf }: CheckInstance, draft: Draft): void {
  const path = ['instances', 0, name]
  const value = instance[name]
  switch (name) {
    case 'exclude':
      convertFilter({ key: 'ac_exclude', path }, { instance, originOf }, draft)
      return
    case 'include':
      convertFilter({ key: 'ac_include', path }, { instance, originOf }, draft)
      return
    case 'collect_labels_as_tags':
      draft.set(
        ['docker_labels_as_tags'],
        Object.fromEntries(toTexts(value).map((label) => [label, label])),
        originOf(path),
      )
      return
    case 'url':
      if (standardSocket.test(String(value))) return
      draft.set(
        ['vigie', 'docker', 'host'],
        String(value).replace(/^unix:\/\/(?!\/)/, 'unix:///'),
        originOf(path),
      )
      return
    default:
      draft.drop(originOf(path), reasons.get(name) ?? otherReason)
  }
}

function convertFilter(
  { key, path }: { readonly key: string; readonly path: readonly (string | number)[] },
  { instance, originOf }: Pick<CheckInstance, 'instance' | 'originOf'>,
  draft: Draft,
): void {
  const items = toTexts(instance[String(path.at(-1))])
  const kept = items.flatMap((item, at) => {
    const [, prefix = '', pattern = ''] = /^([^:]*):(.*)$/s.exec(item) ?? []
    const field = filterFields.get(prefix)
    const isReadable = containerPatterns.safeParse([`${field ?? ''}:${pattern}`]).success
    if (field !== undefined && isReadable) return [`${field}:${pattern}`]
    const reason =
      field === undefined
        ? `${JSON.stringify(item)}: only the image and the name of a container can be looked at`
        : `${JSON.stringify(item)} is not a regular expression`
    draft.drop(originOf([...path, at]), reason)
    return []
  })
  if (kept.length > 0) draft.set([key], kept, originOf(path))
}
