import { textOfValue } from './any-value.ts'
import type { Attribute } from './messages.ts'

/** What a resource says of its telemetry, in our words. */
export interface OtlpOrigin {
  /** Empty when the resource names none. */
  readonly host: string
  /** `key:value`, as they came. */
  readonly tags: readonly string[]
  readonly service: string
  readonly containerId: string
  readonly containerName: string
  /** With its tag, where there is one. */
  readonly image: string
}

/**
 * The tags that attributes of a resource become. Names are those that Datadog's exporter gives, so that what comes by OTLP
 * and what an agent says of the same container have the same tags; `service.instance.id` is kept too, since without it
 * two processes of a service would be one series. Other attributes of a resource are no tags.
 * @see https://github.com/DataDog/opentelemetry-mapping-go `pkg/otlp/attributes/attributes.go`
 * @see https://opentelemetry.io/docs/specs/semconv/resource/
 */
export const resourceTags: Readonly<Record<string, string>> = {
  'service.name': 'service',
  'service.version': 'version',
  'service.instance.id': 'service.instance.id',
  'deployment.environment': 'env',
  'deployment.environment.name': 'env',
  'container.id': 'container_id',
  'container.name': 'container_name',
  'container.image.name': 'image_name',
  'container.image.tag': 'image_tag',
  'container.runtime': 'runtime',
  'cloud.provider': 'cloud_provider',
  'cloud.region': 'region',
  'cloud.availability_zone': 'zone',
  'aws.ecs.task.family': 'task_family',
  'aws.ecs.task.arn': 'task_arn',
  'aws.ecs.cluster.arn': 'ecs_cluster_name',
  'aws.ecs.task.revision': 'task_version',
  'aws.ecs.container.arn': 'ecs_container_name',
  'k8s.container.name': 'kube_container_name',
  'k8s.cluster.name': 'kube_cluster_name',
  'k8s.deployment.name': 'kube_deployment',
  'k8s.replicaset.name': 'kube_replica_set',
  'k8s.statefulset.name': 'kube_stateful_set',
  'k8s.daemonset.name': 'kube_daemon_set',
  'k8s.job.name': 'kube_job',
  'k8s.cronjob.name': 'kube_cronjob',
  'k8s.namespace.name': 'kube_namespace',
  'k8s.pod.name': 'pod_name',
  'tags.datadoghq.com/env': 'env',
  'tags.datadoghq.com/service': 'service',
  'tags.datadoghq.com/version': 'version',
  'app.kubernetes.io/name': 'kube_app_name',
  'app.kubernetes.io/instance': 'kube_app_instance',
  'app.kubernetes.io/version': 'kube_app_version',
  'app.kubernetes.io/component': 'kube_app_component',
  'app.kubernetes.io/part-of': 'kube_app_part_of',
  'app.kubernetes.io/managed-by': 'kube_app_managed_by',
  'process.executable.name': 'process.executable.name',
  'os.type': 'os.type',
}

/** Attributes that name the host, the first that is there counts. */
export const hostAttributes = ['host', 'datadog.host.name', 'host.name', 'k8s.node.name', 'host.id']

/** Attributes that begin so become tags under the rest of their name. */
export const tagPrefix = 'datadog.container.tag.'

/** What is no name of a host, though it is said to be. */
const noHosts = new Set(['0.0.0.0', '127.0.0.1', 'localhost', 'localhost.localdomain'])

/** Of one resource. */
const maxTags = 100

/** What the attributes of a resource say of what comes from it. */
export function originOfResource(attributes: readonly Attribute[]): OtlpOrigin {
  const values = new Map(attributes.map(({ key, value }) => [key ?? '', textOfValue(value)]))
  const valueOf = (key: string): string => values.get(key) ?? ''
  const host = hostAttributes.map(valueOf).find((name) => name !== '') ?? ''
  const image = valueOf('container.image.name')
  const imageTag = valueOf('container.image.tag')
  const tags = [...values].flatMap(([key, value]) => tagOf(key, value))
  return {
    host: noHosts.has(host) ? '' : host,
    tags: [...new Set(tags)].slice(0, maxTags),
    service: valueOf('service.name'),
    containerId: valueOf('container.id'),
    containerName: valueOf('container.name'),
    image: image === '' || imageTag === '' ? image : `${image}:${imageTag}`,
  }
}

function tagOf(key: string, value: string): string[] {
  if (value === '') return []
  if (key.startsWith(tagPrefix)) return [`${key.slice(tagPrefix.length)}:${value}`]
  const tag = Object.hasOwn(resourceTags, key) ? resourceTags[key] : undefined
  return tag === undefined ? [] : [`${tag}:${value}`]
}
