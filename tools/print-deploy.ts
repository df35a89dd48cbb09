// Writes the files of deploy/ that say the same as the commands for adding a host: node tools/print-deploy.ts
import { readFileSync, writeFileSync } from 'node:fs'
import { writeComposeTemplate } from '../src/access/add-host/agent-compose.ts'
import { writeAgentDaemonset } from '../src/access/add-host/agent-daemonset.ts'
import { readVersion } from '../src/cli/version.ts'

const image = `vigie-agent:${readVersion()}`

/** Paths from the root of the repository, and what is to stand there. */
export const deployFiles: Readonly<Record<string, string>> = {
  'deploy/compose/agent.yaml': writeComposeTemplate(image),
  'deploy/kubernetes/agent.yaml': writeAgentDaemonset({
    serverUrl: 'http://vigie.vigie.svc:8127',
    key: 'PUT-THE-KEY-HERE',
    image,
  }),
}

const root = new URL('../', import.meta.url)

/** Of these, what stands there now. */
export function readDeployFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(deployFiles).map((path) => [path, readFileSync(new URL(path, root), 'utf8')]),
  )
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(deployFiles)) writeFileSync(new URL(path, root), text)
}
