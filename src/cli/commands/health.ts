import { defineCommand, UsageError } from '../command.ts'
import type { Half } from '../control-socket.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { probe } from '../probe.ts'

/** `vigie health`: for the health check of a container and other probes; what is wrong in detail tells `vigie status`. */
export const health = defineCommand({
  name: 'health',
  about: 'exit with 0 while the agent or the server of this data folder answers, else with 1',
  arguments: [{ name: '<half>', about: 'agent or server' }],
  options: [configOption],
  async run([half], options, io) {
    if (!isHalf(half)) throw new UsageError(`saw "${half}"; allowed: agent, server`)
    const settings = loadSettings(options, { ...io, err: () => {} })
    io.out(`${await probe(half, settings.dataDir)}\n`)
    return 0
  },
})

function isHalf(word: string | undefined): word is Half {
  return word === 'agent' || word === 'server'
}
