import { execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A host in a network namespace of its own; its files and processes are this machine's. */
export interface NetworkHost {
  /** For `ip netns exec`. */
  readonly namespace: string
  /** IPv4. */
  readonly address: string
}

/** Hosts on one wire, this machine among them. */
export interface Network extends AsyncDisposable {
  readonly hosts: readonly NetworkHost[]
  /** Nothing comes through, in no direction; what was on the way is lost. */
  cut(): Promise<void>
  /** Each packet is on its way for this long. */
  delay(seconds: number): Promise<void>
  /** This share of all packets is lost, in each direction. */
  lose(share: number): Promise<void>
  /** As new. */
  heal(): Promise<void>
}

/**
 * Makes network namespaces that reach one another, and nothing else, through TUN devices between which a process of ours
 * carries packets. Leaving its `await using` takes all of it away.
 * @throws {Error} If this is not root on Linux, or `/dev/net/tun` is missing.
 */
export async function openNetwork(count: number): Promise<Network> {
  const tag = `vg${randomInt(0x10000).toString(16).padStart(4, '0')}`
  // Of the addresses that are set aside for tests of networks.
  // @see RFC 2544
  const prefix = `198.18.${randomInt(1, 255)}`
  const ends = Array.from({ length: count + 1 }, (_, at) => ({
    device: `${tag}-${at}`,
    address: `${prefix}.${at + 1}`,
    namespace: at === 0 ? undefined : `${tag}-${at}`,
  }))
  const takeAway = async (): Promise<void> => {
    for (const { device, namespace } of ends) {
      if (namespace !== undefined) await ip('netns', 'delete', namespace).catch(() => {})
      await ip('link', 'delete', device).catch(() => {})
    }
  }
  try {
    for (const { device } of ends) await ip('tuntap', 'add', 'dev', device, 'mode', 'tun')
    const wire = await openWire(ends.map(({ device, address }) => `${device}=${address}`))
    for (const end of ends) await connect(end)
    return {
      hosts: ends.flatMap(({ namespace, address }) =>
        namespace === undefined ? [] : [{ namespace, address }],
      ),
      cut: () => wire.tell('cut'),
      delay: (seconds) => wire.tell(`delay ${seconds}`),
      lose: (share) => wire.tell(`loss ${share}`),
      heal: () => wire.tell('heal'),
      async [Symbol.asyncDispose]() {
        await wire.close()
        await takeAway()
      },
    }
  } catch (error) {
    await takeAway()
    throw error
  }
}

async function connect(end: {
  readonly device: string
  readonly address: string
  readonly namespace: string | undefined
}): Promise<void> {
  const { device, address, namespace } = end
  if (namespace !== undefined) {
    await ip('netns', 'add', namespace)
    await ip('link', 'set', device, 'netns', namespace)
    await ip('-n', namespace, 'link', 'set', 'lo', 'up')
  }
  const within = namespace === undefined ? [] : ['-n', namespace]
  await ip(...within, 'address', 'add', `${address}/24`, 'dev', device)
  await ip(...within, 'link', 'set', device, 'up')
}

async function ip(...args: readonly string[]): Promise<void> {
  await execute('ip', args)
}

interface Wire {
  readonly tell: (command: string) => Promise<void>
  readonly close: () => Promise<void>
}

async function openWire(ends: readonly string[]): Promise<Wire> {
  const child = spawn('python3', [join(import.meta.dirname, 'link.py'), ...ends], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const expectLine = async (wanted: string): Promise<void> => {
    const { value } = await lines.next()
    if (value !== wanted) throw new Error(`The wire says ${String(value)} in place of ${wanted}`)
  }
  await expectLine('ready')
  return {
    async tell(command) {
      child.stdin.write(`${command}\n`)
      await expectLine(command)
    },
    async close() {
      child.stdin.end()
      await exit
    },
  }
}
