import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, readFile, readdir } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { after, before, describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts'

const busyLoop = ['sh', '-c', 'while :; do :; done']
const forever = ['sleep', '1000000']

describe('startPrivateEngine()', () => {
  let engine: PrivateEngine
  before(async () => {
    engine = await startPrivateEngine()
  })
  after(async () => {
    await engine[Symbol.asyncDispose]()
  })

  test('holds a busy container to its CPU limit', async () => {
    const { id, pid } = await engine.run({ command: busyLoop, cpus: 0.25 })
    assert.ok(pid > 0)
    const group = await readCgroups(pid)
    assert.match(group, new RegExp(id))
    await engine.remove(id)
  })

  test('lets the kernel kill a container past its memory limit', async () => {
    const { id } = await engine.run({ command: ['tail', '/dev/zero'], memoryBytes: 16 * 2 ** 20 })
    assert.equal(await engine.waitForEnd(id), 137)
    assert.equal((await engine.inspectState(id)).OOMKilled, true)
  })

  test('pauses a container and lets it go on', async () => {
    const { id } = await engine.run({ command: forever })
    await engine.tell(id, 'pause')
    assert.equal((await engine.inspectState(id)).Status, 'paused')
    await engine.tell(id, 'unpause')
    assert.equal((await engine.inspectState(id)).Status, 'running')
  })

  test('lets containers of one network talk by name', async () => {
    const network = await engine.createNetwork()
    const serve = ['sh', '-c', 'echo hello >/tmp/page; exec httpd -f -p 80 -h /tmp']
    const { name } = await engine.run({ command: serve, network })
    const fetchPage = ['sh', '-c', `until wget -q -O - http://${name}/page; do :; done`]
    assert.equal(
      await engine.docker('run', '--rm', '--network', network, 'busybox', ...fetchPage),
      'hello',
    )
  })

  test('leaves the network interfaces of the machine alone', async () => {
    const { name } = await engine.run({ command: forever })
    const interfaces = await readdir('/sys/class/net')
    assert.ok(
      !interfaces.some((each) => each.startsWith('veth')),
      `${name} shows in ${interfaces.join(' ')}`,
    )
  })
})

describe('a private engine with a life of its own', () => {
  test('answers nothing while frozen and goes on when thawed', async () => {
    await using engine = await startPrivateEngine()
    await engine.freeze()
    const answer = engine.request({ method: 'GET', path: '/_ping' })
    assert.equal(await Promise.race([answer, sleep(300, 'nothing')]), 'nothing')
    await engine.thaw()
    assert.equal(await answer, 'OK')
  })

  test('keeps socket, data and containers over a restart with live restore', async () => {
    await using engine = await startPrivateEngine({ daemonOptions: ['--live-restore'] })
    const started = await engine.run({ command: forever })
    await engine.restart()
    assert.equal((await engine.inspectState(started.id)).Pid, started.pid)
    await engine.crash()
    await assert.rejects(engine.request({ method: 'GET', path: '/_ping' }), /ECONNREFUSED/)
    await engine.startAgain()
    assert.equal((await engine.inspectState(started.id)).Pid, started.pid)
  })

  test('stops its containers and takes its socket away when it is shut down', async () => {
    await using engine = await startPrivateEngine()
    const { id } = await engine.run({ command: forever })
    await engine.shutDown()
    await assert.rejects(engine.request({ method: 'GET', path: '/_ping' }), /ENOENT/)
    await engine.startAgain()
    assert.equal((await engine.inspectState(id)).Status, 'exited')
  })

  test('leaves nothing behind when its owner is killed', async () => {
    const owner = spawn(
      process.execPath,
      [fileURLToPath(new URL('killed-owner.ts', import.meta.url))],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const [line] = await once(createInterface({ input: owner.stdout }), 'line')
    const { root, id, pids } = JSON.parse(String(line))
    owner.kill('SIGKILL')
    while (await exists(root)) await sleep(20)
    for (const pid of pids) assert.ok(!(await exists(`/proc/${pid}`)), `process ${pid} still runs`)
    const groups = await readdir('/sys/fs/cgroup', { recursive: true })
    assert.deepEqual(
      groups.filter((each) => each.includes(id)),
      [],
    )
  })
})

async function readCgroups(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cgroup`, 'utf8')
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
