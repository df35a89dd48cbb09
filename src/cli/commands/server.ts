import { openLog } from '../../telemetry/log.ts'
import { hostname as ownName } from 'node:os'
import { isLoopback } from '../../component/listen-address.ts'
import type { Settings } from '../../config/settings.ts'
import { defineCommand, type CommandIo } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { createKeyReader } from '../read-api-key.ts'

/** `vigie server`: the half that keeps, answers and shows. */
export const server = defineCommand({
  name: 'server',
  about: 'take what agents send, keep it, answer questions and show the pages',
  options: [configOption],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    const { startServer } = await import('../start-server.ts')
    const running = await startServer(settings, openLog(settings.logLevel, 'server'))
    io.out(`Vigie's server is at ${running.url}\n`)
    if (!isLoopback(settings.listen)) io.out(await tellAddHost(settings, running.url, io))
    await untilAborted(io.signal)
    await running.close()
    return 0
  },
})

/** On a terminal with the key; elsewhere the output is kept in logs, where it has no place. */
async function tellAddHost(
  settings: Settings,
  url: string,
  { isTerminal }: CommandIo,
): Promise<string> {
  if (isTerminal !== true) return 'To add a host, run there what `vigie add-host` prints here\n'
  const { describeShell } = await import('../../access/describe-add-host.ts')
  const key = createKeyReader(settings)() ?? ''
  const shell = describeShell({ serverUrl: settings.web.publicUrl ?? reachableUrl(url), key })
  return `To add a host, run there: ${shell}\n`
}

/** Of a server that listens on all addresses, by the name of its machine. */
function reachableUrl(url: string): string {
  return url.replace(/\/\/(0\.0\.0\.0|\[::\])/, `//${ownName()}`)
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
