import { defineSource } from '../../component/source.ts'
import { optionsSchema } from './options.ts'

export default defineSource({
  name: 'docker',
  about:
    'Containers of a Docker Engine: figures from cgroup files, identity and events from the engine',
  config: optionsSchema,
  async run(options, context) {
    // Loaded when it runs: every command loads this file, for the configuration.
    const { runDocker } = await import('./run-docker.ts')
    await runDocker(options, context)
  },
})
