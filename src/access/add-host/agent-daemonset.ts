import { agentCapabilities } from './mounts.ts'
import { quoteForYaml } from './quote.ts'
import type { AddHostTarget } from './target.ts'

/** Host folders by the name of their volume, and where the container has them. */
const folders = [
  ['docker-socket', '/var/run', '/host/var/run'],
  ['proc', '/proc', '/host/proc'],
  ['cgroup', '/sys/fs/cgroup', '/host/sys/fs/cgroup'],
  ['docker-logs', '/var/lib/docker/containers', '/var/lib/docker/containers'],
  ['pod-logs', '/var/log/pods', '/var/log/pods'],
] as const

/** A manifest for Kubernetes: an agent on each node. */
export function writeAgentDaemonset({ serverUrl, key, image }: AddHostTarget): string {
  return `# Vigie's agent on each node: kubectl apply -f <this file>
#
# Where Docker runs the node's containers (through cri-dockerd), it sees all that it sees elsewhere. Where containerd or CRI-O does: the
# node's own figures, DogStatsD, and log files that the configuration names; containers there are not followed, and pods are not named.
apiVersion: v1
kind: Namespace
metadata:
  name: vigie
---
apiVersion: v1
kind: Secret
metadata:
  name: vigie-agent
  namespace: vigie
stringData:
  VIGIE_SERVER_URL: ${quoteForYaml(serverUrl)}
  VIGIE_SERVER_KEY: ${quoteForYaml(key)}
---
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: vigie-agent
  namespace: vigie
  labels: { app.kubernetes.io/name: vigie-agent }
spec:
  selector:
    matchLabels: { app.kubernetes.io/name: vigie-agent }
  updateStrategy:
    rollingUpdate: { maxUnavailable: 10% }
${writePodTemplate(image)}`
}

/** What runs on each node. */
function writePodTemplate(image: string): string {
  return `  template:
    metadata:
      labels: { app.kubernetes.io/name: vigie-agent }
    spec:
      # It asks nothing of the cluster's API.
      automountServiceAccountToken: false
      # The host's own process numbers: by them it sees who sent a DogStatsD packet, and what the processes of a container use.
      hostPID: true
      tolerations: [{ operator: Exists }]
      priorityClassName: system-node-critical
      terminationGracePeriodSeconds: 10
      containers:
        - name: agent
          image: ${quoteForYaml(image)}
          imagePullPolicy: IfNotPresent
          envFrom: [{ secretRef: { name: vigie-agent } }]
          env:
            - name: DD_HOSTNAME
              valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
            # Programs in pods send to the node's address, which is not ours alone.
            - { name: DD_DOGSTATSD_NON_LOCAL_TRAFFIC, value: 'true' }
            # Not every runtime marks a container as Docker does.
            - { name: DOCKER_DD_AGENT, value: 'true' }
          ports: [{ name: dogstatsd, protocol: UDP, containerPort: 8125, hostPort: 8125 }]
          resources:
            requests: { cpu: 50m, memory: 128Mi }
            limits: { cpu: 200m, memory: 256Mi }
          securityContext:
            runAsUser: 0
            readOnlyRootFilesystem: true
            allowPrivilegeEscalation: false
            capabilities: { drop: [ALL], add: [${agentCapabilities.join(', ')}] }
          livenessProbe:
            exec: { command: [/opt/vigie/bin/health, agent] }
            periodSeconds: 30
            timeoutSeconds: 10
          volumeMounts:
${folders.map(([name, , inside]) => `            - { name: ${name}, mountPath: ${inside}, readOnly: true }`).join('\n')}
            - { name: dogstatsd, mountPath: /var/run/datadog }
            - { name: data, mountPath: /data }
      volumes:
${folders.map(([name, path]) => `        - { name: ${name}, hostPath: { path: ${path} } }`).join('\n')}
        - { name: dogstatsd, hostPath: { path: /var/run/datadog, type: DirectoryOrCreate } }
        - { name: data, hostPath: { path: /var/lib/vigie-agent, type: DirectoryOrCreate } }
`
}
