import { writeAgentCompose } from './add-host/agent-compose.ts'
import { writeAgentDaemonset } from './add-host/agent-daemonset.ts'
import { writeServiceSetup } from './add-host/agent-service.ts'
import { writeDatadogRun, writeDockerRun } from './add-host/docker-run.ts'
import { quoteForShell } from './add-host/quote.ts'
import type { AddHostTarget } from './add-host/target.ts'

/** A way to make a host report here; see `AddHostCommand` of the API's contract. */
export interface AddHostCommand {
  readonly name: 'docker' | 'compose' | 'daemonset' | 'systemd' | 'shell' | 'datadog'
  /** For a POSIX shell, or the whole text of `file`. */
  readonly text: string
  readonly file: string | null
  /** Uses the saved file. */
  readonly command: string | null
}

const file = 'vigie-agent.yaml'

/** Each way in which a host is added, the usual one first. */
export function describeAddHost(target: AddHostTarget): readonly AddHostCommand[] {
  return [
    toCommand('docker', writeDockerRun(target)),
    {
      name: 'compose',
      text: writeAgentCompose(target),
      file,
      command: `docker compose -p vigie-agent -f ${file} up -d`,
    },
    {
      name: 'daemonset',
      text: writeAgentDaemonset(target),
      file,
      command: `kubectl apply -f ${file}`,
    },
    toCommand('systemd', writeServiceSetup(target)),
    toCommand('shell', describeShell(target)),
    toCommand('datadog', writeDatadogRun(target)),
  ]
}

/** One line for a shell of a host where `vigie` is installed. */
export function describeShell({ serverUrl, key }: Omit<AddHostTarget, 'image'>): string {
  return `VIGIE_SERVER_URL=${quoteForShell(serverUrl)} VIGIE_SERVER_KEY=${quoteForShell(key)} vigie agent`
}

function toCommand(name: AddHostCommand['name'], text: string): AddHostCommand {
  return { name, text, file: null, command: null }
}
