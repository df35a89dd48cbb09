import { printEffective } from '../../config/print-effective.ts'
import { printSample } from '../../config/print-sample.ts'
import { defineCommand } from '../command.ts'
import { components, configOption, readConfiguration } from '../load-settings.ts'

/** `vigie config`: the configuration in force with where each value came from, or a file to start from. */
export const config = defineCommand({
  name: 'config',
  about: 'print the configuration in force, secrets masked',
  options: [
    configOption,
    { flags: '--sample', about: 'print a commented file to start from, with every default' },
  ],
  async run(_args, options, io) {
    if (options['sample'] === true) io.out(printSample(components))
    else io.out(printEffective(readConfiguration(options, io)))
    return 0
  },
})
