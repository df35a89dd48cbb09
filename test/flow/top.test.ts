import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Engine } from '../engine/engine.ts'
import { openSharedEngine } from '../engine/shared-engine.ts'
import { findFreePort } from '../agent/find-free-port.ts'
import { openTmux, type Tmux } from '../terminal/open-tmux.ts'
import { runVigie, startVigie, waitForContainer, type Vigie } from './vigie-process.ts'

const prefix = `top-${process.pid}`
const mainFile =
  process.env['VIGIE_TEST_MAIN'] ?? new URL('../../src/main.ts', import.meta.url).pathname
const small = { columns: 80, rows: 24 }
const large = { columns: 200, rows: 60 }
/** The cursor is seen, the shell's own screen is shown, long lines are wrapped. */
const asBefore = '101'

/** Nothing of the table, the charts or the log is left on the shell's screen. */
function assertEmpty(shown: string): void {
  assert.doesNotMatch(shown, /[●█▁│]|line of busy/)
}

/** Which fields there are of which containers, line by line. */
function readStats(text: string): readonly unknown[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const { Container, ID, Name, ...figures } = JSON.parse(line)
      return [Container, ID, Name, Object.keys(figures)]
    })
}

describe('vigie top and vigie stats with a real engine', () => {
  let engine: Engine
  let vigie: Vigie
  let url: string
  let port: number
  let folder: string
  const startServer = async (): Promise<Vigie> =>
    startVigie(['up'], {
      env: { DOCKER_HOST: engine.dockerHost, VIGIE_LISTEN: `127.0.0.1:${port}` },
      dataDir: folder,
    })
  const openTop = async (options = ''): Promise<Tmux> => {
    const tmux = await openTmux(small, {
      VIGIE_SERVER_URL: url,
      VIGIE_DATA_DIR: folder,
      HOME: folder,
    })
    const node = `${process.execPath} --disable-warning=ExperimentalWarning --import ${folder}/crash.mjs`
    await writeFile(
      join(folder, 'top.sh'),
      `stty -g > ${folder}/before\n${node} ${mainFile} top ${options} 2> ${folder}/errors\necho "ended with $?"\nstty -g > ${folder}/after\necho looked\n`,
    )
    await tmux.send(`clear; . ${folder}/top.sh`, 'Enter')
    await tmux.waitFor(/● live/)
    return tmux
  }
  const assertRestored = async (tmux: Tmux, exitCode: number): Promise<void> => {
    const shown = await tmux.waitFor(new RegExp(`ended with ${exitCode}\\s+looked`))
    assertEmpty(shown)
    assert.equal(await tmux.modes(), asBefore)
    const [was, is] = ['before', 'after'].map((name) => readFile(join(folder, name), 'utf8'))
    assert.equal(await is, await was)
    await tmux.send('clear; echo $((6*7)) usable', 'Enter')
    await tmux.waitFor(/^42 usable/m)
  }
  const readPid = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'))

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-top-'))
    port = await findFreePort()
    engine = await openSharedEngine()
    // Says who it is, and fails when it is told to.
    await writeFile(
      join(folder, 'crash.mjs'),
      `import { writeFileSync } from 'node:fs'
writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid))
process.on('SIGUSR2', () => { throw new Error('induced crash') })
process.on('SIGPWR', () => { Promise.reject(new Error('induced rejection')) })
`,
    )
    for (const name of ['busy', 'calm']) {
      const script =
        name === 'busy' ? 'while :; do echo line of busy; usleep 200000; done' : 'sleep 1000'
      await engine.docker(
        'run',
        '-d',
        '--name',
        `${prefix}-${name}`,
        '-m',
        '64m',
        'busybox',
        'sh',
        '-c',
        script,
      )
    }
    vigie = await startServer()
    url = await vigie.url()
    await waitForContainer(
      url,
      `${prefix}-busy`,
      ({ figures }) => figures.cpu !== undefined,
      60_000,
    )
  })

  after(async () => {
    await engine.docker('rm', '-f', `${prefix}-busy`, `${prefix}-calm`)
    await vigie.stop()
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  })

  test('shows, filters and opens containers by keys, at 80×24 and after the window has grown', async () => {
    await using tmux = await openTop()
    await tmux.send('/')
    await tmux.send('-l', `${prefix}-busy`)
    await tmux.send('Enter')
    const table = await tmux.waitFor(new RegExp(`^filter ${prefix}-busy\\s`, 'm'))
    assert.doesNotMatch(table, new RegExp(`${prefix}-calm`))
    await tmux.send('Enter')
    await tmux.waitFor(/^limits +CPU none, memory 64\.0 MiB/m)
    await tmux.waitFor(/^CPU {2}\d+\.\d%/m)
    await tmux.send('l')
    await tmux.waitFor(/\d\d:\d\d:\d\d line of busy/)
    await tmux.send('t')
    await tmux.waitFor(/^line of busy/m)
    await tmux.send('q')
    await tmux.waitFor(/^limits +CPU none/m)
    await tmux.send('Escape')
    await tmux.resize(large)
    await tmux.waitFor(/NAME .*WRITE\/s .*IMAGE/)
    await tmux.send('s')
    await tmux.waitFor(/^Sort by$/m)
    await tmux.send('Home', 'j', 'Enter')
    await tmux.waitFor(/NAME▲/)
    await tmux.send('r')
    await tmux.waitFor(/NAME▼/)
    await tmux.send('c')
    await tmux.waitFor(/^\[ \] Host$/m)
    await tmux.send('j', 'j', 'Space')
    await tmux.waitFor(/^\[x\] Host$/m)
    await tmux.send('c')
    await tmux.waitFor(/NAME▼ +HOST/)
    await tmux.send('g', 'g', 'g')
    await tmux.waitFor(/^\S+ \(1\) {2}CPU \d/m)
    await tmux.send('?')
    await tmux.waitFor(/^Keys$/m)
    await tmux.resize(small)
    await tmux.waitFor(/^Esc back\s*$/m)
    await tmux.send('Escape')
    await tmux.resize({ columns: 20, rows: 5 })
    await tmux.waitFor(/too small:\s+20x5/)
    await tmux.resize(large)
    await tmux.send('Escape')
    await tmux.waitFor(new RegExp(`^● +${prefix}-calm`, 'm'))
    await tmux.send('Enter')
    await tmux.waitFor(/^CPU .* Memory {2}\d/m)
    await tmux.send('C-c')
    await assertRestored(tmux, 0)
  })

  test('says that the server is away, shows old figures as old, and comes back', async () => {
    await using tmux = await openTop(`--filter ${prefix}`)
    await vigie.stop()
    await vigie[Symbol.asyncDispose]()
    await tmux.waitFor(/reconnecting since/)
    await tmux.waitFor(/\ds old/)
    vigie = await startServer()
    await vigie.url()
    await tmux.waitFor(new RegExp(`● live[^]*${prefix}-busy +\\d+\\.\\d%`), 60_000)
    await tmux.send('C-c')
    await assertRestored(tmux, 0)
  })

  const ends: readonly (readonly [what: string, signal: NodeJS.Signals, exitCode: number])[] = [
    ['an exception', 'SIGUSR2', 1],
    ['an unhandled rejection', 'SIGPWR', 1],
    ['SIGABRT', 'SIGABRT', 134],
    ['SIGTERM', 'SIGTERM', 0],
    ['SIGHUP', 'SIGHUP', 0],
  ]
  for (const [what, signal, exitCode] of ends) {
    test(`gives the terminal back after ${what}`, async () => {
      await using tmux = await openTop()
      process.kill(await readPid(), signal)
      await assertRestored(tmux, exitCode)
      const said = await readFile(join(folder, 'errors'), 'utf8')
      assert.equal(/induced (crash|rejection)/.test(said), exitCode === 1, said)
    })
  }

  test('lends the terminal to the shell with Ctrl-Z and takes it back with fg', async () => {
    await using tmux = await openTop()
    await tmux.send('C-z')
    await tmux.waitFor(/Stopped/)
    assert.equal(await tmux.modes(), asBefore)
    await tmux.send('clear; fg', 'Enter')
    await tmux.waitFor(/● live/)
    await tmux.send('q')
    await tmux.waitFor(/^\$ *\s$/m)
    assert.equal(await tmux.modes(), asBefore)
    await tmux.send(`clear; stty -g > ${folder}/after; echo $((6*7)) usable`, 'Enter')
    await tmux.waitFor(/^42 usable/m)
    const [was, is] = ['before', 'after'].map((name) => readFile(join(folder, name), 'utf8'))
    assert.equal(await is, await was)
  })

  test('prints the screen once without control codes', async () => {
    const env = { VIGIE_SERVER_URL: url }
    const { output, exitCode } = await runVigie(['top', '--once', '--filter', prefix], { env })
    assert.equal(exitCode, 0, output)
    assert.ok(output.includes(`${prefix}-calm`) && !output.includes('\u001B'), output)
  })

  test('says what to use where there is no terminal', async () => {
    const { output, exitCode } = await runVigie(['top'], { env: { VIGIE_SERVER_URL: url } })
    assert.equal(exitCode, 1)
    assert.match(
      output,
      /^vigie: Cannot draw whole screens: there is no terminal; use .*vigie stats/,
    )
  })

  test('prints what docker stats prints, of the containers that were named', async () => {
    const env = { VIGIE_SERVER_URL: url }
    const names = [`${prefix}-calm`, `${prefix}-busy`]
    const args = ['stats', '--no-stream', '--format', 'json']
    const [ours, theirs, unknown] = await Promise.all([
      runVigie([...args, ...names], { env }),
      engine.docker(...args, ...names),
      runVigie([...args, 'nowhere'], { env }),
    ])
    assert.deepEqual(readStats(ours.output), readStats(theirs))
    assert.equal(unknown.exitCode, 1)
    assert.match(unknown.output, /Cannot find the container "nowhere"/)
  })
})
