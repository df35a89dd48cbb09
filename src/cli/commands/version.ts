import { defineCommand } from '../command.ts'
import { readVersion } from '../version.ts'

/** `vigie version`: one line with our version, the runtime's and the machine's kind. */
export const version = defineCommand({
  name: 'version',
  about: 'print the version',
  options: [],
  run: async (_args, _options, { out }) => {
    out(
      `Vigie ${readVersion()} (Node ${process.versions.node}, ${process.platform} ${process.arch})\n`,
    )
    return 0
  },
})
