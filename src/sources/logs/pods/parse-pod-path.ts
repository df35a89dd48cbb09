/** Whose lines a file of the kubelet holds. */
export interface PodPath {
  readonly podUid: string
  /** Absent in the folders of Kubernetes before 1.14, which are named for the uid alone. */
  readonly namespace?: string
  readonly podName?: string
  readonly containerName: string
}

/** Names of Kubernetes have no underscore, so that it parts them. */
const folder = /^(?:([^_/]+)_([^_/]+)_)?([^_/]+)$/

/**
 * Reads `<namespace>_<pod>_<uid>/<container>/<n>.log`, the part of the path below `/var/log/pods`.
 * @returns `undefined` of anything else.
 * @see datadog.md D.2; Kubernetes, pkg/kubelet/kuberuntime/helpers.go
 */
export function parsePodPath(path: string): PodPath | undefined {
  const [pod = '', containerName = '', file = '', ...rest] = path.split('/')
  const names = folder.exec(pod)
  if (names === null || containerName === '' || rest.length > 0) return undefined
  if (!/^\d+\.log$/.test(file)) return undefined
  const [, namespace, podName, podUid = ''] = names
  return {
    podUid,
    containerName,
    ...(namespace !== undefined && { namespace }),
    ...(podName !== undefined && { podName }),
  }
}
