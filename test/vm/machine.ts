import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openPort, type LinePort } from './line-port.ts'
import { toQemuArguments, type MachineParts } from './qemu-arguments.ts'

const connectLimitMs = 20_000
const bootLimitMs = 180_000
const saveLimitMs = 60_000
const resumeLimitMs = 60_000
const pollMs = 20

/** A small Debian in QEMU, with systemd and nothing but cgroup v2. Leaving its `await using` ends it. */
export interface Machine extends AsyncDisposable {
  /**
   * Runs `<name>.sh` of the shared folder as root in the guest; its output goes to `<name>.log` there. The exit status.
   * @throws {Error} If the machine ends or the time is over.
   */
  run(name: string, limitMs: number): Promise<number>
  /** Writes memory and devices to a file, for `savedState`, and ends the machine. */
  save(file: string): Promise<void>
}

/**
 * Starts a machine; resolves when it takes scripts.
 * @throws {Error} If QEMU ends before that; its messages and the end of the guest's console are in it.
 */
export async function startMachine(parts: MachineParts): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-vm-'))
  const qemu = await startQemu(parts, folder)
  const end = once(qemu, 'exit')
  const fault = end.then(async () => {
    throw new Error(`Cannot go on with the test machine: QEMU has ended\n${await readLogs(folder)}`)
  })
  fault.catch(() => undefined)
  const takeAway = async (): Promise<void> => {
    qemu.kill('SIGKILL')
    await end
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const port = await Promise.race([openGuestPort(parts, folder), fault])
    return {
      run: (name, limitMs) => Promise.race([runScript(port, name, limitMs), fault]),
      save: async (file) => {
        await Promise.race([saveState(join(folder, 'monitor.sock'), file), fault])
        await takeAway()
      },
      [Symbol.asyncDispose]: takeAway,
    }
  } catch (cause) {
    await takeAway()
    throw cause
  }
}

/** QEMU ends with the thread that started it, whatever ends that. */
async function startQemu(parts: MachineParts, folder: string): Promise<ChildProcess> {
  await using log = await open(join(folder, 'qemu.log'), 'w')
  const command = ['--pdeathsig', 'KILL', 'qemu-system-x86_64', ...toQemuArguments(parts, folder)]
  return spawn('setpriv', command, { stdio: ['ignore', log.fd, log.fd] })
}

async function openGuestPort(parts: MachineParts, folder: string): Promise<LinePort> {
  const port = await openPort(join(folder, 'port.sock'), connectLimitMs)
  if (parts.savedState === undefined) await port.read(bootLimitMs)
  else await goOnFromSave(join(folder, 'monitor.sock'))
  return port
}

async function runScript(port: LinePort, name: string, limitMs: number): Promise<number> {
  port.write(`run ${name} ${Date.now() / 1000}`)
  const answer = await port.read(limitMs)
  return Number(answer.split(' ').at(2))
}

/** QEMU's own door. */
interface Monitor {
  /** @throws {Error} With what QEMU answered. */
  readonly ask: (execute: string, options?: object) => Promise<unknown>
  readonly close: () => void
}

/** @see QEMU's QMP reference: `qmp_capabilities` */
async function openMonitor(path: string): Promise<Monitor> {
  const port = await openPort(path, connectLimitMs)
  const ask = async (execute: string, options: object = {}): Promise<unknown> => {
    port.write(JSON.stringify({ execute, arguments: options }))
    for (;;) {
      const message: unknown = JSON.parse(await port.read(saveLimitMs))
      const { error, return: answer } = Object(message)
      if (error !== undefined)
        throw new Error(`QEMU answered ${execute} with ${JSON.stringify(error)}`)
      if (answer !== undefined) return answer
    }
  }
  await ask('qmp_capabilities')
  return { ask, close: () => port.close() }
}

/** What is written to the guest's port while its saved state is still being read gets lost. @see QMP, `query-status` */
async function goOnFromSave(monitorPath: string): Promise<void> {
  const monitor = await openMonitor(monitorPath)
  const deadline = performance.now() + resumeLimitMs
  while (Object(await monitor.ask('query-status')).status === 'inmigrate') {
    if (performance.now() > deadline)
      throw new Error(`The saved test machine cannot be read within ${resumeLimitMs} ms`)
    await sleep(pollMs)
  }
  await monitor.ask('cont')
  monitor.close()
}

/**
 * The machine stands still meanwhile: of pages that a processor emulated in another thread writes during the save, some
 * are saved as they were before, and programs in the restored machine die of it.
 * @see QMP: `stop`, `migrate`, `query-migrate`
 */
async function saveState(monitorPath: string, file: string): Promise<void> {
  const { ask, close } = await openMonitor(monitorPath)
  await ask('stop')
  await ask('migrate-set-parameters', { 'max-bandwidth': 100 * 2 ** 30 })
  await ask('migrate', { uri: `exec:cat >'${file}'` })
  for (;;) {
    const { status } = Object(await ask('query-migrate'))
    if (status === 'completed') break
    if (status === 'failed') throw new Error(`Cannot save the test machine to ${file}`)
    await sleep(pollMs)
  }
  close()
}

async function readLogs(folder: string): Promise<string> {
  const texts = ['qemu.log', 'console.log'].map((name) =>
    readFile(join(folder, name), 'utf8').catch(() => ''),
  )
  return (await Promise.all(texts)).map((text) => text.split('\n').slice(-40).join('\n')).join('\n')
}
