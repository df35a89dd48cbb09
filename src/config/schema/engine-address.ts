import { z } from 'zod'

const allowed =
  'unix:///path/to/docker.sock, tcp://host:port, http://host:port or https://host:port'
const grammar = /^(unix:\/\/\/\S+|(tcp|https?):\/\/[^\s/]+\/?)$/

/** The address of a container engine, as `DOCKER_HOST` gives it. */
export const engineAddress: z.ZodType<string, string> = z
  .string()
  .superRefine((address, context) => {
    if (grammar.test(address)) return
    const hint = hintFor(address)
    const params = { seen: address, allowed: hint === undefined ? allowed : `${allowed}; ${hint}` }
    context.addIssue({ code: 'custom', params })
  })
  .meta({ allowed })

/** What to do instead of an address that Docker's own client or its engine would take. */
function hintFor(address: string): string | undefined {
  if (address.startsWith('ssh://'))
    return `no SSH connection is opened from here: run the agent on that machine, or forward its socket, "${forwardCommand(address)}", and set DOCKER_HOST=unix:///tmp/engine.sock`
  if (address.startsWith('npipe://'))
    return 'named pipes exist only on Windows, and the agent runs on Linux: in WSL 2, set DOCKER_HOST=unix:///var/run/docker.sock'
  if (address.startsWith('fd://'))
    return 'the engine listens there, nobody can connect to it: set DOCKER_HOST=unix:///var/run/docker.sock'
  return undefined
}

/** The command that makes the socket of `ssh://user@host:port/path` appear here. */
function forwardCommand(address: string): string {
  const [, host = '<host>', port, path] = /^ssh:\/\/([^:/]+)(?::(\d+))?(\/.+)?/.exec(address) ?? []
  const portOption = port === undefined ? '' : ` -p ${port}`
  return `ssh -nNT${portOption} -L /tmp/engine.sock:${path ?? '/var/run/docker.sock'} ${host}`
}
