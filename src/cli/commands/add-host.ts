import { hostname } from 'node:os'
import { describeAddHost } from '../../access/describe-add-host.ts'
import type { Settings } from '../../config/settings.ts'
import { isLoopback } from '../../http/loopback.ts'
import { borrowDesk } from '../access/borrow-desk.ts'
import { defineCommand } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'

const titles = {
  shell: 'Where Vigie is installed on the host:',
  docker: 'With Docker alone, from an image of Vigie:',
  datadog: 'With a genuine Datadog Agent:',
} as const

/** `vigie add-host`: the line that makes another host report here. */
export const addHost = defineCommand({
  name: 'add-host',
  about: 'make a key, and print the line to run on another host so that it reports here',
  arguments: [{ name: '[name]', about: 'what the key is to be called: the name of the host' }],
  options: [configOption, { flags: '--json', about: 'print JSON' }],
  async run([name = 'added host'], options, io) {
    const settings = loadSettings(options, io)
    const serverUrl = reachableUrl(settings)
    if (settings.web.publicUrl === undefined) {
      const isLocal = isLoopback(settings.listen.host)
      io.err(
        isLocal
          ? 'note: the server listens on this machine only; let vigie.listen be 0.0.0.0:8127, or set vigie.public_url to the address of the proxy in front of it\n'
          : `note: the host has to know ${new URL(serverUrl).hostname}; set vigie.public_url if it knows the server by another name\n`,
      )
    }
    const desk = await borrowDesk(settings)
    try {
      const { key, row } = await desk.createKey({ name })
      const commands = describeAddHost(serverUrl, key)
      if (options['json'] === true) io.out(`${JSON.stringify({ row, commands }, null, 2)}\n`)
      else io.out(commands.map(({ name: of, text }) => `${titles[of]}\n\n  ${text}\n`).join('\n'))
      return 0
    } finally {
      await desk.close()
    }
  },
})

function reachableUrl({ web, listen }: Settings): string {
  if (web.publicUrl !== undefined) return web.publicUrl
  const isAnyAddress = listen.host === '0.0.0.0' || listen.host === '::'
  const host = isAnyAddress || isLoopback(listen.host) ? hostname() : listen.host
  const name = host.includes(':') ? `[${host}]` : host
  return `${web.tls === undefined ? 'http' : 'https'}://${name}:${listen.port}`
}
