import { agentCapabilities, agentMounts, dataMount, logMount, socketMount } from './mounts.ts'
import { quoteForCompose } from './quote.ts'
import type { AddHostTarget } from './target.ts'

/** A Compose file with the agent alone. */
export function writeAgentCompose(target: AddHostTarget): string {
  return writeComposeWith({
    image: quoteForCompose(target.image),
    serverUrl: quoteForCompose(target.serverUrl),
    key: quoteForCompose(target.key),
  })
}

/** The same with variables in place of what is different from host to host. */
export function writeComposeTemplate(image: string): string {
  return writeComposeWith({
    image: `\${VIGIE_AGENT_IMAGE:-${image}}`,
    serverUrl:
      '${VIGIE_SERVER_URL:?set the address of the server, such as https://vigie.example.com}',
    key: '${VIGIE_SERVER_KEY:?set the key that "vigie add-host" prints on the server}',
  })
}

/** @param scalars As they stand in the file. */
function writeComposeWith(scalars: AddHostTarget): string {
  return `# Vigie's agent on one host, for a server elsewhere.

services:
  agent:
    image: ${scalars.image}
    restart: unless-stopped
    # The host's own network: it names the host's cards, and DogStatsD is at 127.0.0.1:8125 for programs on the host.
    network_mode: host
    # The host's own process numbers: by them it sees who sent a DogStatsD packet, and what the processes of a container use.
    pid: host
    read_only: true
    cap_drop: [ALL]
    # Log files and open files of other users; the network that a process is in.
    cap_add: [${agentCapabilities.join(', ')}]
    security_opt: ['no-new-privileges:true']
    environment:
      VIGIE_SERVER_URL: ${scalars.serverUrl}
      VIGIE_SERVER_KEY: ${scalars.key}
    volumes:
${[...agentMounts, logMount, socketMount, dataMount].map((mount) => `      - ${mount}`).join('\n')}

volumes:
  vigie-agent:
    name: vigie-agent
`
}
