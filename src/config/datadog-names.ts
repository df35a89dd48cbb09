/**
 * Whether the Datadog Agent documents a top-level option `name`, or a mapping of options under that name. Such an
 * option is never called unknown, also where it has no effect here.
 * @see pkg/config/setup/common_settings.go and pkg/config/config_template.yaml of the agent
 */
export function isDatadogName(name: string): boolean {
  const known = name.toLowerCase()
  if (options.has(known) || sections.has(known)) return true
  return prefixes.some((prefix) => known.startsWith(prefix))
}

/** Whether the Datadog Agent reads the environment variable `name`, such as `DD_LOGS_CONFIG_USE_HTTP`. */
export function isDatadogVariable(name: string): boolean {
  const option = name.replace(/^DD_/, '').toLowerCase()
  if (isDatadogName(option) || shortVariables.test(option)) return true
  return [...sections].some((section) => option.startsWith(`${section}_`))
}

/** Sections whose variables leave out the `_config` (pkg/config/setup/apm_settings.go, process_settings.go). */
const shortVariables = /^(apm|process_agent)_/

/** Whether the Datadog Agent documents `key` in a section of which other parts count here: `logs_config.use_tcp`. */
export function isDatadogKey(key: string): boolean {
  const [section, name = ''] = key.toLowerCase().split('.')
  return section === 'logs_config' && logsOptions.has(name)
}

/** Every option and section, for finding the one that a misspelt name comes close to. */
export function listDatadogNames(): readonly string[] {
  return [...options, ...sections]
}

/** Families whose members all start alike. */
const prefixes = [
  'dogstatsd_',
  'ecs_',
  'forwarder_',
  'inventories_',
  'jmx_',
  'kubelet_',
  'kubernetes_',
  'serializer_',
  'statsd_',
]

/** Options that stand by themselves. */
const options = words(`
  ac_exclude ac_include ad_allowed_env_vars ad_config_poll_interval ad_disable_env_var_resolution
  ad_tag_completeness_max_wait additional_checksd additional_endpoints aggregator_buffer_size
  aggregator_flush_metrics_and_serialize_in_parallel_buffer_size
  aggregator_flush_metrics_and_serialize_in_parallel_chan_size aggregator_stop_timeout
  aggregator_tag_filter_cache_capacity aggregator_use_tags_store allow_arbitrary_tags
  allow_python_path_heuristics_failure allowed_additional_checks api_key app_key auth_init_timeout
  auth_token_file_path auto_team_tag_collection autoconf_config_files_poll
  autoconf_config_files_poll_interval autoconf_template_dir autoconf_template_url_timeout
  autoconfig_exclude_features autoconfig_from_environment autoconfig_include_features
  azure_hostname_style azure_metadata_api_version azure_metadata_timeout
  basic_telemetry_add_container_tags bind_host bosh_id c_core_dump c_stacktrace_collection
  cel_workload_exclude cf_os_hostname_aliasing check_cancel_timeout
  check_runner_utilization_monitor_interval check_runner_utilization_threshold
  check_runner_utilization_warning_cooldown check_runners check_sampler_allow_sketch_bucket_reset
  check_sampler_bucket_commits_count_expiry check_sampler_context_metrics
  check_sampler_expire_metrics check_sampler_stateful_metric_expiration_time
  check_system_probe_startup_time check_system_probe_timeout check_watchdog_warning_timeout
  checks_tag_cardinality clc_runner_enabled clc_runner_host clc_runner_id clc_runner_port
  clc_runner_remote_tagger_enabled clc_runner_server_readheader_timeout
  clc_runner_server_write_timeout cloud_foundry cloud_foundry_buildpack cloud_provider_metadata
  cluster_name cmd_host cmd_port collect_ccrid collect_ec2_instance_info collect_ec2_tags
  collect_ec2_tags_use_imds collect_gce_tags collect_gpu_tags collect_kubernetes_events common_root
  conf_path confd_path config_id config_providers container_cgroup_root container_env_as_tags
  container_exclude container_exclude_logs container_exclude_metrics container_exclude_stopped_age
  container_include container_include_logs container_include_metrics container_labels_as_tags
  container_pid_mapper container_proc_root containerd_exclude_namespaces containerd_namespace
  containerd_namespaces cri_connection_timeout cri_query_timeout cri_socket_path dd_url
  default_integration_http_timeout disable_cluster_name_tag_key disable_file_logging
  disable_py3_validation disable_unsafe_yaml docker_env_as_tags docker_labels_as_tags
  docker_query_timeout ec2_imdsv2_transition_payload_enabled ec2_metadata_timeout
  ec2_metadata_token_lifetime ec2_prefer_imdsv2 ec2_prioritize_instance_id_as_hostname ec2_use_dmi
  ec2_use_windows_prefix_detection eks_fargate enable_cluster_agent_metadata_collection
  enable_gohai enable_json_stream_shared_compressor_buffers enable_metadata_collection
  enable_signing_metadata_collection enable_stream_payload_serialization
  enabled_rfc1123_compliant_cluster_name_tag enhanced_metrics entity_id env exclude_ec2_tags
  exclude_gce_tags exclude_pause_container expected_tags_duration expvar_port extra_config_providers
  extra_listeners extra_tags flare_provider_timeout flare_stripped_keys fleet_layers
  fleet_policies_dir gce_metadata_timeout gce_send_project_id_tag go_core_dump gui_host gui_port
  gui_session_expiration health_port heroku_dyno histogram_aggregates
  histogram_copy_to_distribution histogram_copy_to_distribution_prefix histogram_percentiles
  host_aliases hostname hostname_drift_initial_delay hostname_drift_recurring_interval
  hostname_file hostname_force_config_as_canonical hostname_fqdn hostname_trust_uts_namespace
  hpa_configmap_name hpa_watcher_gc_period hpa_watcher_polling_freq http_dial_fallback_delay
  iaas_hostname_style ibm_metadata_timeout ignore_autoconf ignore_host_etc
  include_ephemeral_containers infrastructure_mode integration_check_status_enabled
  integration_file_paths_allowlist integration_ignore_untrusted_file_params integration_profiling
  integration_security_excluded_checks integration_tracing integration_tracing_exhaustive
  integration_trusted_providers iot_host ipc_address ipc_cert_file_path kube_cache_sync_timeout_seconds
  kube_resources_namespace leader_election leader_election_default_resource
  leader_election_release_on_shutdown leader_lease_duration leader_lease_name listeners
  log_all_goroutines_when_unhealthy log_enabled log_file log_file_max_rolls log_file_max_size
  log_format_json log_format_rfc3339 log_level log_payloads log_to_console log_to_syslog
  logging_frequency logs_enabled memtrack_enabled metadata_endpoints_max_hostname_size
  metadata_ip_resolution_from_hostname metadata_provider_stop_timeout metadata_providers
  metric_filterlist metric_filterlist_match_prefix metric_tag_filterlist
  metric_tag_filterlist_adp_only metrics_port min_tls_version multi_secret_backends
  no_proxy_nonexact_match origin_detection_unified otel_standalone podman_db_path
  prioritize_go_check_loader proc_root procfs_path provider_kind python3_linter_timeout
  python_lazy_loading python_version remote_policies remote_updates run_path
  secret_allowed_k8s_namespace secret_audit_file_max_size secret_backend_arguments
  secret_backend_command secret_backend_command_allow_group_exec_perm secret_backend_config
  secret_backend_output_max_size secret_backend_remove_trailing_line_break
  secret_backend_skip_checks secret_backend_timeout secret_backend_type secret_image_to_handle
  secret_refresh_interval secret_refresh_on_api_key_failure_interval secret_refresh_scatter
  secret_scope_integration_to_their_k8s_namespace server_timeout site skip_ssl_validation
  sslkeylogfile syslog_pem syslog_key syslog_rfc syslog_tls_verify syslog_uri
  tag_value_split_separator tags tls_handshake_timeout trace_agent_host_socket_path
  tracemalloc_blacklist tracemalloc_debug tracemalloc_exclude tracemalloc_include
  tracemalloc_whitelist use_diskv2_check use_dogstatsd use_improved_cgroup_parser
  use_networkv2_check use_proxy_for_cloud_metadata vsock_addr win_skip_com_init
  windows_counter_init_failure_limit windows_counter_refresh_interval windows_use_pythonpath
`)

/** Options that are mappings; whatever stands under them is theirs. */
const sections = words(`
  admission_controller agent_ipc agent_telemetry anomaly_detection apm_config appsec auto_exit
  autoscaling cloud_foundry_bbs cloud_foundry_cc cloud_foundry_container_tagger
  cloud_foundry_garden cluster_agent cluster_checks cluster_trust_chain compliance_config
  container_image container_lifecycle convert_dd_site_fqdn core_agent csi data_observability
  data_plane data_streams database_monitoring delegated_auth discovery disk_check djm_config
  dynamic_instrumentation enable_payloads ebpf_check error_tracking_standalone event_management
  event_monitoring_config evp_proxy_config external_metrics external_metrics_provider fips flare
  genresources gpu gpu_monitoring ha_agent health_platform hostprofiler installer
  instrumentation_crd_controller integration internal_profiling kubeactions language_detection
  logon_duration logs_config metric_lookback multi_region_failover network network_check
  network_config network_devices network_path notable_events observability_pipelines_worker
  ol_proxy_config orchestrator_explorer otelcollector otlp_config private_action_runner
  process_config prometheus_http_sd prometheus_scrape proxy remote_agent remote_configuration
  remote_flags remote_tagger reverse_dns_enrichment runtime_security_config sbom scrubber
  security_agent serverless service_discovery service_monitoring_config shared_library_check
  snmp_listener software_inventory synthetics system_probe_config system_tray telemetry
  traceroute use_v2_api vector windows_crash_detection workloadmeta
`)

/** Options in `logs_config` without effect here. */
const logsOptions = words(`
  add_logsource_tag atomic_registry_write auto_multi_line auto_multi_line_default_match_threshold
  auto_multi_line_default_match_timeout auto_multi_line_default_sample_size
  auto_multi_line_detection_tagging auto_multi_line_extra_patterns batch_max_concurrent_send
  connection_reset_interval container_runtime_waiting_timeout dd_port dd_url_443 dev_mode_no_ssl
  dev_mode_use_proto disable_distributed_senders docker_client_read_timeout expected_tags_duration
  fingerprint_config fingerprint_enabled_experimental force_auto_multi_line_detection_v1 force_use_tcp
  http_connectivity_retry_interval_max http_protocol http_timeout integrations_logs_disk_ratio
  integrations_logs_files_max_size integrations_logs_total_usage k8s_container_use_api
  k8s_container_use_file k8s_container_use_kubelet_api kubelet_api_client_read_timeout
  message_channel_size payload_channel_size pipeline_failover pipelines process_exclude_agent
  sender_backoff_base sender_backoff_factor sender_backoff_max sender_recovery_interval
  sender_recovery_reset socks5_proxy_address stop_grace_period streaming tagger_warmup_duration
  use_podman_logs use_port_443 use_tcp use_v2_api validate_pod_container_id windows_open_file_timeout
`)

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
