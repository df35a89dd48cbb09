import { quoteForShell, quoteForSystemd } from './quote.ts'
import type { AddHostTarget } from './target.ts'

/** What tells an agent that is installed as `vigie-agent.service` where to send, and starts it; may be indented. */
export function writeServiceSetup({ serverUrl, key }: AddHostTarget): string {
  const url = quoteForShell(`VIGIE_SERVER_URL=${quoteForSystemd(serverUrl)}`)
  const secret = quoteForShell(`VIGIE_SERVER_KEY=${quoteForSystemd(key)}`)
  return `sudo install -d -m 0700 /etc/vigie
printf '%s\\n' ${url} ${secret} | sudo install -m 0600 /dev/stdin /etc/vigie/agent.env
sudo systemctl enable --now vigie-agent`
}
