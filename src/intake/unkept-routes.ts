/** A route of which nothing is kept. */
export interface UnkeptRoute {
  readonly path: string
  /** By which what came there is counted. */
  readonly name: string
  /** What it carries, in a few words. */
  readonly about: string
  /** The sender wants a process agent's answer. */
  readonly wantsProcessAnswer?: boolean
}

/**
 * What Datadog's agents send beside what is kept here. An agent sends again what got 404, for as long as it runs, so that
 * each of these is taken.
 * @see `comp/forwarder/defaultforwarder/impl/endpoints` and `comp/forwarder/eventplatform/impl` of the Datadog Agent
 */
export const unkeptRoutes: readonly UnkeptRoute[] = [
  { path: '/api/v1/metadata', name: 'inventories', about: "the agent's configuration and checks, what is installed" },
  { path: '/api/v1/discovery', name: 'process_discovery', about: 'names of processes', wantsProcessAnswer: true },
  { path: '/api/v1/connections', name: 'connections', about: 'connections between processes', wantsProcessAnswer: true },
  { path: '/api/v1/orchestrator', name: 'orchestrator', about: 'Kubernetes resources, by agents before 7.35', wantsProcessAnswer: true },
  { path: '/api/v2/orch', name: 'orchestrator', about: 'Kubernetes resources', wantsProcessAnswer: true },
  { path: '/api/v2/orchmanif', name: 'orchestrator_manifests', about: 'Kubernetes manifests', wantsProcessAnswer: true },
  { path: '/api/v2/proclcycle', name: 'process_lifecycle', about: 'processes that began and ended', wantsProcessAnswer: true },
  { path: '/api/intake/metrics/v3/series', name: 'series_v3', about: 'figures as columns, where the agent is told to' },
  { path: '/api/intake/metrics/v3/sketches', name: 'sketches_v3', about: 'distributions as columns, where the agent is told to' },
  { path: '/api/intake/metrics/v3beta/series', name: 'series_v3', about: 'the same, as a trial' },
  { path: '/api/intake/metrics/v3beta/sketches', name: 'sketches_v3', about: 'the same, as a trial' },
  { path: '/api/v1/sketches', name: 'sketches_v1', about: 'distributions in an old form that no release sends' },
  { path: '/api/v2/service_checks', name: 'service_checks_v2', about: 'service checks in a form that no release sends' },
  { path: '/api/v2/host_metadata', name: 'host_metadata_v2', about: 'host metadata in a form that no release sends' },
  { path: '/api/v0.2/traces', name: 'traces', about: 'traces' },
  { path: '/api/v0.2/stats', name: 'trace_stats', about: 'counts and durations of traces' },
  { path: '/api/v0.1/pipeline_stats', name: 'pipeline_stats', about: 'delays of data streams' },
  { path: '/api/v2/data_streams_messages', name: 'data_streams_messages', about: 'messages of data streams' },
  { path: '/api/v2/apmtelemetry', name: 'telemetry', about: 'what libraries and the agent count of themselves' },
  { path: '/api/v2/profile', name: 'profiles', about: 'profiles of programs' },
  { path: '/api/v2/debugger', name: 'debugger', about: 'snapshots of the live debugger' },
  { path: '/api/v2/events', name: 'events_v2', about: 'events of the event platform' },
  { path: '/api/v2/contlcycle', name: 'container_lifecycle', about: 'containers that ended' },
  { path: '/api/v2/contimage', name: 'container_images', about: 'images on the host' },
  { path: '/api/v2/sbom', name: 'sbom', about: 'what is installed in images and on hosts' },
  { path: '/api/v2/databasequery', name: 'dbm_samples', about: 'database queries' },
  { path: '/api/v2/dbmmetrics', name: 'dbm_metrics', about: 'figures of database queries' },
  { path: '/api/v2/dbmmetadata', name: 'dbm_metadata', about: 'databases and their settings' },
  { path: '/api/v2/dbmactivity', name: 'dbm_activity', about: 'sessions of databases' },
  { path: '/api/v2/dbmhealth', name: 'dbm_health', about: 'how the watching of databases does' },
  { path: '/api/v2/dbmcolumnstatistics', name: 'dbm_column_statistics', about: 'statistics of columns' },
  { path: '/api/v2/query-actions', name: 'query_actions', about: 'answers of queries for data observability' },
  { path: '/api/v2/ndm', name: 'network_devices', about: 'network devices' },
  { path: '/api/v2/ndmconfig', name: 'network_device_configs', about: 'configurations of network devices' },
  { path: '/api/v2/ndmtraps', name: 'snmp_traps', about: 'SNMP traps' },
  { path: '/api/v2/ndmflow', name: 'netflow', about: 'NetFlow' },
  { path: '/api/v2/netpath', name: 'network_paths', about: 'paths through the network' },
  { path: '/api/v2/genresources', name: 'resources', about: 'resources of any kind' },
  { path: '/api/v2/synthetics', name: 'synthetics', about: 'results of synthetic tests' },
  { path: '/api/v2/softinv', name: 'software', about: 'installed software' },
  { path: '/api/v2/kubeactions', name: 'kubernetes_actions', about: 'actions on Kubernetes' },
  { path: '/api/v2/agenthealth', name: 'agent_health', about: 'how the agent does' },
  { path: '/api/v2/agentdiscovery', name: 'agent_discovery', about: 'configuration files of integrations' },
  { path: '/api/v2/secruntime', name: 'security_events', about: 'security events' },
  { path: '/api/v2/secinfo', name: 'security_events', about: 'how the watching for security does' },
  { path: '/api/v2/secdump', name: 'security_dumps', about: 'profiles of what programs do' },
  { path: '/api/v2/compliance', name: 'compliance', about: 'checks of rules' },
  { path: '/api/v2/sdsresult', name: 'sensitive_data', about: 'sensitive data that was found' },
] // prettier-ignore
