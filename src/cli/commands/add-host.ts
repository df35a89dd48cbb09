import { hostname } from 'node:os'
import { describeAddHost, type AddHostCommand } from '../../access/describe-add-host.ts'
import type { Settings } from '../../config/settings.ts'
import { isLoopback } from '../../http/loopback.ts'
import { borrowDesk } from '../access/borrow-desk.ts'
import { defineCommand, UsageError, type CommandIo, type OptionValues } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { readVersion } from '../version.ts'

const titles: Readonly<Record<AddHostCommand['name'], string>> = {
  docker: 'With Docker alone, from the image that "make image" builds:',
  compose: 'The same as a Compose file:',
  daemonset: 'On each node of a Kubernetes cluster:',
  systemd: 'Where Vigie is installed as a service:',
  shell: 'Where Vigie is installed on the host:',
  datadog: 'With a genuine Datadog Agent:',
}
const ways = Object.keys(titles)

/** `vigie add-host`: what makes another host report here. */
export const addHost = defineCommand({
  name: 'add-host',
  about: 'make a key, and print what to run on another host so that it reports here',
  arguments: [{ name: '[name]', about: 'what the key is to be called: the name of the host' }],
  options: [
    configOption,
    { flags: '--as <way>', about: `print one way alone, as it is to be saved: ${ways.join(', ')}` },
    { flags: '--json', about: 'print JSON' },
  ],
  async run([name = 'added host'], options, io) {
    const way = readWay(options)
    const settings = loadSettings(options, io)
    const serverUrl = reachableUrl(settings)
    noteAddress(settings, serverUrl, io)
    const image = settings.web.agentImage ?? `vigie-agent:${readVersion()}`
    const desk = await borrowDesk(settings)
    try {
      const { key, row } = await desk.createKey({ name })
      const all = describeAddHost({ serverUrl, key, image })
      const commands = way === undefined ? all : all.filter((one) => one.name === way)
      if (options['json'] === true) io.out(`${JSON.stringify({ row, commands }, null, 2)}\n`)
      else if (way === undefined) io.out(tellCommands(commands))
      else tellOne(commands, io)
      return 0
    } finally {
      await desk.close()
    }
  },
})

function readWay({ as: way }: OptionValues): string | undefined {
  if (way === undefined || ways.includes(String(way))) return way?.toString()
  throw new UsageError(`--as: saw "${String(way)}"; allowed: ${ways.join(', ')}`)
}

function noteAddress({ web, listen }: Settings, serverUrl: string, io: CommandIo): void {
  if (web.publicUrl !== undefined) return
  io.err(
    isLoopback(listen.host)
      ? 'note: the server listens on this machine only; let vigie.listen be 0.0.0.0:8127, or set vigie.public_url to the address of the proxy in front of it\n'
      : `note: the host has to know ${new URL(serverUrl).hostname}; set vigie.public_url if it knows the server by another name\n`,
  )
}

/** Files are long: they are named, not printed. */
function tellCommands(commands: readonly AddHostCommand[]): string {
  const short = commands.filter(({ file }) => file === null)
  const files = commands.filter(({ file }) => file !== null)
  const texts = short.map(({ name, text }) => `${titles[name]}\n\n${indent(text)}\n`)
  const others = files.map(({ name }) => `"vigie add-host NAME --as ${name}"`).join(' and ')
  return `${texts.join('\n')}\nFiles for Compose and Kubernetes, each with a key of its own: ${others}\n`
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}

/** What the file is for goes where it does not get into the file. */
function tellOne([one]: readonly AddHostCommand[], io: CommandIo): void {
  io.out(`${one?.text.trimEnd()}\n`)
  if (one?.file) io.err(`Save it as ${one.file}, then: ${one.command}\n`)
}

function reachableUrl({ web, listen }: Settings): string {
  if (web.publicUrl !== undefined) return web.publicUrl
  const isAnyAddress = listen.host === '0.0.0.0' || listen.host === '::'
  const host = isAnyAddress || isLoopback(listen.host) ? hostname() : listen.host
  const name = host.includes(':') ? `[${host}]` : host
  return `${web.tls === undefined ? 'http' : 'https'}://${name}:${listen.port}`
}
