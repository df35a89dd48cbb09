import assert from 'node:assert/strict'
import {
  appendFileSync,
  mkdirSync,
  mkdtempDisposableSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import type { BoardedContainer, ContainerBoard } from '../../../component/container-board.ts'
import { openRules } from '../../../component/container-rules.ts'
import { createContainerBoard } from '../../../component/create-container-board.ts'
import type { LogsSettings } from '../../../component/logs-settings.ts'
import { toBoarded } from '../../docker/identity/board-publisher.ts'
import { makeTags } from '../../docker/identity/container-tags.ts'
import { openApiFrames } from '../frames/open-api-frames.ts'
import { createChoice } from './choose-config.ts'
import { ContainerDiscovery } from './container-discovery.ts'
import { ContainerLogs } from './container-logs.ts'
import { Slots } from './slots.ts'

const idOf = (letter: string): string => letter.repeat(64)

/** Docker's folder of containers, as far as the source looks at it. */
class FakeFolder implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-docker-'))
  readonly root = this.#folder.path
  readonly path = join(this.root, 'containers')

  constructor() {
    mkdirSync(this.path)
  }

  /** What the engine writes when a container is made: each file under another name first. */
  create(id: string, change: { readonly labels?: object; readonly driver?: string } = {}): void {
    mkdirSync(join(this.path, id))
    const never = '0001-01-01T00:00:00Z'
    const { labels = {}, driver = 'json-file' } = change
    this.#write(id, 'config.v2.json', {
      ID: id,
      Name: `/name-${id[0]}`,
      Created: '2026-11-21T21:00:00Z',
      Image: 'sha256:1',
      Config: { Image: 'busybox', Labels: labels, Tty: false },
      State: { Running: false, StartedAt: never, FinishedAt: never },
    })
    this.#write(id, 'hostconfig.json', { LogConfig: { Type: driver } })
  }

  print(id: string, ...texts: readonly string[]): void {
    const lines = texts.map((text) =>
      JSON.stringify({ log: `${text}\n`, stream: 'stdout', time: '2026-11-21T21:00:01.5Z' }),
    )
    appendFileSync(this.logOf(id), `${lines.join('\n')}\n`)
  }

  remove(id: string): void {
    rmSync(join(this.path, id), { recursive: true })
  }

  logOf(id: string): string {
    return join(this.path, id, `${id}-json.log`)
  }

  [Symbol.dispose](): void {
    this.#folder.remove()
  }

  #write(id: string, name: string, content: object): void {
    const path = join(this.path, id, name)
    writeFileSync(`${path}.tmp`, JSON.stringify(content))
    renameSync(`${path}.tmp`, path)
  }
}

interface Running extends AsyncDisposable, Pick<OpenLogTools, 'tools' | 'shipped'> {
  readonly board: ContainerBoard
  readonly discovery: ContainerDiscovery
  readonly logs: ContainerLogs
}

async function run(
  folder: FakeFolder,
  change: Partial<LogsSettings> = {},
  stateDir = '',
): Promise<Running> {
  const opened = await openLogTools({ collectsAll: true, ...change }, stateDir)
  const { tools, settling, shipped } = opened
  const board = createContainerBoard()
  const client = { openBytes: async () => undefined }
  const logs = new ContainerLogs({
    tools: { ...tools, settling, openApiFrames, client, slots: new Slots(1) },
    choose: createChoice(tools.settings, openRules),
    site: { isLocal: true, rootDir: folder.root },
  })
  const discovery = new ContainerDiscovery({
    board,
    logs,
    follower: tools.follower,
    folderPath: folder.path,
    publicNames: new Set(),
    toBoarded: (container) => toBoarded(container, container.image, makeTags(container).high),
  })
  return {
    tools,
    shipped,
    board,
    discovery,
    logs,
    async [Symbol.asyncDispose]() {
      discovery.close()
      logs.stop()
      await opened[Symbol.asyncDispose]()
    },
  }
}

function makeBoarded(id: string, change: Partial<BoardedContainer> = {}): BoardedContainer {
  return {
    id,
    name: `name-${id[0]}`,
    image: 'busybox:1',
    runtime: 'docker',
    labels: {},
    tags: ['short_image:busybox', 'told_by:board'],
    state: 'running',
    createdAtMs: 0,
    log: { driver: 'json-file', path: '', isTty: false, label: '' },
    ...change,
  }
}

describe('ContainerDiscovery', { timeout: 60_000, concurrency: true }, () => {
  const [a, b] = [idOf('a'), idOf('b')]

  test('reads a container that nobody but its folder has told of', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder)
    folder.create(a)
    folder.print(a, 'hello')
    assert.deepEqual(await within(2000, running.shipped.first(1)), ['hello'])
    const origin = running.shipped.lines[0]?.origin
    assert.deepEqual(
      [origin?.containerId, origin?.containerName, origin?.service],
      [a, 'name-a', 'busybox'],
    )
    assert.ok(origin?.tags.includes('container_name:name-a'))
  })

  test('reads what was there before the agent, from its beginning', async () => {
    using folder = new FakeFolder()
    folder.create(a)
    folder.print(a, 'long', 'ago')
    await using running = await run(folder)
    assert.deepEqual(await within(2000, running.shipped.first(2)), ['long', 'ago'])
  })

  test('takes over what the board knows better', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder)
    folder.create(a)
    folder.print(a, 'one')
    await within(2000, running.shipped.first(1))
    running.board.put(makeBoarded(a))
    folder.print(a, 'two')
    await within(2000, running.shipped.first(2))
    const [one, two] = running.shipped.lines
    assert.ok(!one?.origin.tags.includes('told_by:board'))
    assert.ok(two?.origin.tags.includes('told_by:board'))
  })

  test('reads to the end what is removed at once, and forgets its pointer', async () => {
    using folder = new FakeFolder()
    using state = mkdtempDisposableSync(join(tmpdir(), 'vigie-state-'))
    {
      await using running = await run(folder, {}, state.path)
      folder.create(a)
      folder.print(a, 'one')
      await within(2000, running.shipped.first(1))
      folder.print(a, 'two', 'three')
      folder.remove(a)
      running.discovery.pass()
      assert.deepEqual(await within(2000, running.shipped.first(3)), ['one', 'two', 'three'])
      assert.equal(running.logs.has(a), false)
    }
    await using next = await openLogTools({}, state.path)
    assert.equal(next.tools.gatherer.keptOf(`file:${folder.logOf(a)}`), undefined)
  })

  test('does not take a container for gone that the board has', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder)
    folder.create(a)
    running.board.put(makeBoarded(a))
    folder.remove(a)
    running.discovery.pass()
    assert.equal(running.logs.has(a), true)
    running.board.remove(a)
    assert.equal(running.logs.has(a), false)
  })

  test('leaves out what is not wanted, also when that shows later', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder, { collectsAll: false })
    folder.create(a, { labels: { 'com.datadoghq.ad.logs': '[{"source": "own"}]' } })
    folder.create(b)
    folder.print(b, 'not wanted')
    folder.print(a, 'wanted')
    assert.deepEqual(await within(2000, running.shipped.first(1)), ['wanted'])
    assert.equal(running.shipped.lines[0]?.origin.source, 'own')
    assert.deepEqual([running.logs.has(a), running.logs.has(b)], [true, false])
    running.board.put(makeBoarded(a))
    assert.equal(running.logs.has(a), false)
  })

  test('does not read twice what it has read before a restart', async () => {
    using folder = new FakeFolder()
    using state = mkdtempDisposableSync(join(tmpdir(), 'vigie-state-'))
    folder.create(a)
    folder.print(a, 'one')
    {
      await using running = await run(folder, {}, state.path)
      await within(2000, running.shipped.first(1))
    }
    folder.print(a, 'two')
    await using running = await run(folder, {}, state.path)
    assert.deepEqual(await within(2000, running.shipped.first(1)), ['two'])
  })

  test('leaves what ended long ago, unless it was read before', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder, { stoppedAgeMs: 1000 })
    for (const id of [a, b]) mkdirSync(join(folder.path, id))
    const old = { state: 'exited', finishedAtMs: Date.now() - 2000 } as const
    running.board.put(makeBoarded(a, old))
    running.board.put(makeBoarded(b, { ...old, finishedAtMs: Date.now() }))
    assert.deepEqual([running.logs.has(a), running.logs.has(b)], [false, true])
    assert.equal(running.logs.tooOldCount, 1)
    running.board.put(makeBoarded(a))
    assert.equal(running.logs.has(a), true)
    assert.equal(running.logs.tooOldCount, 0)
  })

  test('gives the file of an ended container back when another needs it, and goes on when it starts again', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder, { openFilesLimit: 1 })
    folder.create(a)
    folder.print(a, 'a1')
    await within(2000, running.shipped.first(1))
    running.board.put(makeBoarded(a, { state: 'exited', finishedAtMs: Date.now() }))
    folder.create(b)
    folder.print(b, 'b1')
    running.logs.makeRoom()
    assert.deepEqual(await within(2000, running.shipped.first(2)), ['a1', 'b1'])
    running.board.put(makeBoarded(b, { state: 'exited', finishedAtMs: Date.now() }))
    running.logs.makeRoom()
    folder.print(a, 'a2')
    running.board.put(makeBoarded(a))
    assert.deepEqual(await within(2000, running.shipped.first(3)), ['a1', 'b1', 'a2'])
  })

  test('names the container whose rule cannot be used, and reads the others', async () => {
    using folder = new FakeFolder()
    await using running = await run(folder)
    const rule = [{ type: 'mask_sequences', name: 'bad', pattern: '(' }]
    const label = JSON.stringify([{ log_processing_rules: rule }])
    running.board.put(
      makeBoarded(a, { log: { driver: 'json-file', path: '', isTty: false, label } }),
    )
    assert.match(
      running.tools.faults.list().join(),
      /^Container name-a is not read: label com\.datadoghq\.ad\.logs: .*bad/,
    )
    folder.create(b)
    folder.print(b, 'fine')
    assert.deepEqual(await within(2000, running.shipped.first(1)), ['fine'])
  })
})
