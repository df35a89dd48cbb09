import type { ContainerPattern } from '../../component/container-rules.ts'

/** Each registry and builder has its own name for the same image; the patterns match anywhere. */
const patterns = [
  /gcr\.io.*\/pause/,
  /registry\.k8s\.io\/pause/,
  /azureedge\.net.*\/pause/,
  /mcr\.microsoft\.com.*\/pause/,
  /aksrepos\.azurecr\.io.*\/pause/,
  /ecr.*amazonaws\.com\/pause/,
  /google[_-]containers\/pause/,
  /(kubernetes|eks|rancher|kubeletwin|upstream|cdk|giantswarm)\/pause/,
  /rancher\/mirrored-pause/,
  /amazon\/amazon-ecs-pause|aws-fargate-pause/,
  /openshift\/origin-pod|rhel7\/pod-infrastructure/,
]

/**
 * The images of containers that hold the network of a Kubernetes pod or an ECS task and do nothing else: what
 * `exclude_pause_container` leaves out.
 * @see pkg/util/containers/filter.go of Datadog's agent, for the names
 */
export const pauseImages: readonly ContainerPattern[] = patterns.map((pattern) => ({
  field: 'image',
  pattern,
}))
