import { openLog } from '../../telemetry/log.ts'
import { defineCommand } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

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
    await untilAborted(io.signal)
    await running.close()
    return 0
  },
})

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
