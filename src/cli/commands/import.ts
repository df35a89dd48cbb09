import { join, resolve } from 'node:path'
import type { ImportReport } from '../../config/import/import-configuration.ts'
import { defineCommand, UsageError } from '../command.ts'

/** `vigie import`: a configuration of Agent 5 as `datadog.yaml` and `conf.d`, with every line named that was left out. */
export const importCommand = defineCommand({
  name: 'import',
  about: 'convert a configuration of Agent 5 (datadog.conf, conf.d)',
  arguments: [
    { name: '<old>', about: 'folder with datadog.conf, such as /etc/dd-agent' },
    { name: '<new>', about: 'folder for datadog.yaml and conf.d, such as /etc/vigie' },
  ],
  options: [
    { flags: '-f, --force', about: 'also replace a datadog.yaml that has an api_key; it is kept' },
  ],
  async run([oldFolder, newFolder], options, io) {
    if (oldFolder === undefined || newFolder === undefined) {
      throw new UsageError('name the old folder and the new one')
    }
    const { importConfiguration } = await import('../../config/import/import-configuration.ts')
    const { components } = await import('../load-settings.ts')
    const target = resolve(io.cwd, newFolder)
    const report = importConfiguration({
      oldFolder: resolve(io.cwd, oldFolder),
      newFolder: target,
      isForced: options['force'] === true,
      components,
    })
    io.out(describe(report, target))
    return 0
  },
})

function describe({ written, settingCount, dropped }: ImportReport, target: string): string {
  const lines = [
    ...written.map(({ path, backup }) =>
      backup === undefined ? `wrote ${path}` : `wrote ${path}; the one before is ${backup}`,
    ),
    ...dropped.map(({ place, name, reason }) => `dropped ${place}: ${name}: ${reason}`),
    `${count(settingCount, 'setting')}, ${count(dropped.length, 'line')} dropped. See what counts: vigie config --config ${join(target, 'datadog.yaml')}`,
  ]
  return `${lines.join('\n')}\n`
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
