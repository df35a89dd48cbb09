import { defineCommand } from '../command.ts'
import { checkEngineSocket } from '../check-engine-socket.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { openLog } from '../../telemetry/log.ts'

/** `vigie agent`: the half that watches and sends. */
export const agent = defineCommand({
  name: 'agent',
  about: 'watch this host and send what is seen to a server',
  options: [
    configOption,
    {
      flags: '--quiet-configuration',
      about: 'leave out what there is to say about the configuration',
    },
  ],
  async run(_args, options, io) {
    const isQuiet = options['quietConfiguration'] === true
    const settings = loadSettings(options, isQuiet ? { ...io, err: () => {} } : io)
    checkEngineSocket(settings)
    const { runAgent } = await import('../run-agent.ts')
    await runAgent(settings, openLog(settings.logLevel, 'agent'), io.signal)
    return 0
  },
})
