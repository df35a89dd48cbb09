import type { Settings } from '../../config/settings.ts'
import { openLog } from '../../telemetry/log.ts'
import { checkEngineSocket } from '../check-engine-socket.ts'
import { defineCommand } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

/** `vigie up`: everything for one machine. */
export const up = defineCommand({
  name: 'up',
  about: 'run the server and an agent side by side, for one machine',
  options: [configOption],
  async run(_args, options, io) {
    const settings = loadSettings(options, io)
    checkEngineSocket(settings)
    const log = openLog(settings.logLevel, 'server')
    const [{ startServer }, { keepAgentProcess }] = await Promise.all([
      import('../start-server.ts'),
      import('../agent-process.ts'),
    ])
    const running = await startServer(settings, log)
    io.out(`Vigie is at ${running.url}  (Ctrl-C stops it)\n`)
    await keepAgentProcess({
      mainFile: io.mainFile,
      args: typeof options['config'] === 'string' ? ['--config', options['config']] : [],
      env: {
        ...io.env,
        VIGIE_SERVER_URL: io.env['VIGIE_SERVER_URL'] ?? ownUrl(settings, running.url),
      },
      log,
      stopMs: settings.agent.stopMs,
      signal: io.signal,
    })
    await running.close()
    return 0
  },
})

/**
 * Where the agent beside the server sends to. With TLS the certificate has the name that others use, not the address that
 * is listened on; which port is a free one, nobody but the server can tell.
 */
function ownUrl({ web, listen, serverUrl }: Settings, runningUrl: string): string {
  if (web.tls === undefined) return runningUrl
  return listen.port === 0 && web.publicUrl === undefined ? runningUrl : serverUrl
}
