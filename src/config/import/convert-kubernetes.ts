import { readCheckInstance, toTexts } from './check-instance.ts'
import type { Draft } from './draft.ts'

/** What an option of an instance is in `datadog.yaml`. */
const targets: ReadonlyMap<string, readonly string[]> = new Map([
  ['kubelet_port', ['kubernetes_http_kubelet_port', 'kubernetes_https_kubelet_port']],
  ['host', ['kubernetes_kubelet_host']],
  ['kubelet_client_crt', ['kubelet_client_crt']],
  ['kubelet_client_key', ['kubelet_client_key']],
  ['kubelet_cert', ['kubelet_client_ca']],
  ['bearer_token_path', ['kubelet_auth_token_path']],
  ['kubelet_tls_verify', ['kubelet_tls_verify']],
  ['node_labels_to_host_tags', ['kubernetes_node_labels_as_tags']],
  ['collect_events', ['collect_kubernetes_events']],
  ['leader_candidate', ['leader_election']],
  ['leader_lease_duration', ['leader_lease_duration']],
  ['collect_service_tags', ['kubernetes_collect_service_tags']],
  ['service_tag_update_freq', ['kubernetes_service_tag_update_freq']],
])

const allCollected = 'all namespaces and all metrics are collected'
const reasons: ReadonlyMap<string, string> = new Map([
  ['api_server_url', 'use kubernetes_kubeconfig_path'],
  ['apiserver_client_crt', 'use kubernetes_kubeconfig_path'],
  ['apiserver_client_key', 'use kubernetes_kubeconfig_path'],
  ['apiserver_ca_cert', 'use kubernetes_kubeconfig_path'],
  ['namespaces', allCollected],
  ['namespace_name_regexp', allCollected],
  ['enabled_rates', allCollected],
  ['enabled_gauges', allCollected],
  ['use_histogram', 'there are no histograms of containers any more'],
])

/**
 * Puts what `kubernetes.yaml` says into `draft`.
 * @returns The options that go into `kubelet.d/conf.yaml`; `undefined` when the file cannot be read.
 * @see datadog.md A.8
 */
export function convertKubernetes(
  path: string,
  draft: Draft,
): Readonly<Record<string, unknown>> | undefined {
  const check = readCheckInstance(path, draft)
  if (check === undefined) return undefined
  const { initConfig, instance, originOf } = check
  for (const name of Object.keys(initConfig)) {
    draft.drop(originOf(['init_config', name]), 'the check kubelet does not have it')
  }
  for (const [name, value] of Object.entries(instance)) {
    const origin = originOf(['instances', 0, name])
    if (value === null || name === 'tags') continue
    for (const target of targets.get(name) ?? []) draft.set([target], value, origin)
    if (!targets.has(name)) {
      draft.drop(origin, reasons.get(name) ?? 'the check kubelet does not have it')
    }
  }
  const { tags } = instance
  return tags === undefined || tags === null ? {} : { tags: toTexts(tags) }
}
