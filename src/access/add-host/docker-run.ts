import { agentCapabilities, agentMounts, dataMount, logMount, socketMount } from './mounts.ts'
import { quoteForShell } from './quote.ts'
import type { AddHostTarget } from './target.ts'

/** `docker run` of the agent's image, a flag or two on each line. */
export function writeDockerRun({ serverUrl, key, image }: AddHostTarget): string {
  const drops = ['--cap-drop ALL', ...agentCapabilities.map((name) => `--cap-add ${name}`)]
  return toLines([
    'docker run -d --name vigie-agent --restart unless-stopped --network host --pid host',
    `--read-only --security-opt no-new-privileges ${drops.join(' ')}`,
    ...[...agentMounts, logMount, socketMount, dataMount].map((mount) => `-v ${mount}`),
    ...toFlags({ VIGIE_SERVER_URL: serverUrl, VIGIE_SERVER_KEY: key }),
    quoteForShell(image),
  ])
}

/**
 * `docker run` of a genuine Datadog Agent that sends here.
 * @see https://docs.datadoghq.com/agent/configuration/dual-shipping/ for the names of its settings
 */
export function writeDatadogRun({ serverUrl, key }: AddHostTarget): string {
  const { protocol, host, hostname, port } = new URL(serverUrl)
  const isSecure = protocol === 'https:'
  return toLines([
    'docker run -d --name datadog-agent --restart unless-stopped --network host --cgroupns host --pid host',
    ...agentMounts.map((mount) => `-v ${mount}`),
    ...toFlags({
      DD_API_KEY: key,
      DD_DD_URL: serverUrl,
      DD_LOGS_ENABLED: 'true',
      DD_LOGS_CONFIG_LOGS_DD_URL: port === '' ? `${hostname}:${isSecure ? 443 : 80}` : host,
      DD_LOGS_CONFIG_FORCE_USE_HTTP: 'true',
      DD_LOGS_CONFIG_LOGS_NO_SSL: String(!isSecure),
    }),
    'gcr.io/datadoghq/agent:7',
  ])
}

function toFlags(variables: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(variables).map(([name, value]) => `-e ${name}=${quoteForShell(value)}`)
}

function toLines(parts: readonly string[]): string {
  return parts.join(' \\\n  ')
}
