import assert from 'node:assert/strict'
import { appendFileSync, mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import type { LogOrigin } from '../../../model/log-block.ts'
import { FileLog, nameFile, type FileToFollow } from './file-log.ts'

const origin: LogOrigin = {
  host: 'box-1',
  containerId: '',
  containerName: '',
  image: '',
  service: '',
  source: '',
  tags: [],
}

function open({ tools }: OpenLogTools, path: string, change: Partial<FileToFollow> = {}): FileLog {
  return new FileLog(tools, {
    path,
    framing: 'plain',
    rotation: 'any',
    start: 'beginning',
    config: { kind: 'file', place: 'x', tags: [], rules: [] },
    origin,
    subject: { key: path, name: 'Log x' },
    ...change,
  })
}

describe('FileLog', { timeout: 60_000, concurrency: true }, () => {
  test('waits for the folder of its file', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-file-'))
    const path = join(folder.path, 'local-logs/container.log')
    await using opened = await openLogTools()
    open(opened, path)
    mkdirSync(dirname(path))
    writeFileSync(path, 'one\n')
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['one'])
  })

  test('goes on where it was parked', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-file-'))
    const path = join(folder.path, 'a.log')
    writeFileSync(path, 'one\n')
    await using opened = await openLogTools()
    const log = open(opened, path)
    await within(2000, opened.shipped.first(1))
    log.park()
    assert.deepEqual([log.isParked, opened.tools.follower.openFiles()], [true, 0])
    appendFileSync(path, 'two\n')
    log.unpark()
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['one', 'two'])
    const [ledger] = opened.tools.gatherer.ledgers(0)
    assert.deepEqual([ledger?.readBytes, ledger?.writtenBytes, ledger?.readLines], [8, 8, 2])
  })

  test('reads what is left when it is finished, and forgets or keeps its pointer', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-file-'))
    await using opened = await openLogTools()
    const { gatherer } = opened.tools
    for (const pointer of ['keep', 'forget'] as const) {
      const path = join(folder.path, pointer)
      writeFileSync(path, 'rest')
      await within(2000, open(opened, path).finish(pointer))
      assert.equal(gatherer.keptOf(nameFile(path)) !== undefined, pointer === 'keep')
    }
    assert.deepEqual(opened.shipped.texts, ['rest', 'rest'])
  })

  test('keeps the pointer of a file that never came back', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-file-'))
    using state = mkdtempDisposableSync(join(tmpdir(), 'vigie-state-'))
    const path = join(folder.path, 'gone/a.log')
    mkdirSync(dirname(path))
    writeFileSync(path, 'one\n')
    {
      await using opened = await openLogTools({}, state.path)
      open(opened, path)
      await within(2000, opened.shipped.first(1))
    }
    rmSync(dirname(path), { recursive: true })
    await using opened = await openLogTools({}, state.path)
    const { gatherer } = opened.tools
    const at = gatherer.keptOf(nameFile(path))?.at
    assert.ok(at !== undefined && 'offset' in at && at.offset === 4)
    await within(2000, open(opened, path).leave())
    assert.deepEqual(gatherer.keptOf(nameFile(path))?.at, at)
  })

  test('takes a rule that cannot be used for a fault, and gives the file back', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-file-'))
    const path = join(folder.path, 'a.log')
    writeFileSync(path, 'one\n')
    await using opened = await openLogTools()
    const rule = { kind: 'mask', name: 'bad', pattern: '(', replacement: '' } as const
    const config = { kind: 'file', place: 'x', tags: [], rules: [rule] } as const
    assert.throws(() => open(opened, path, { config }), /bad/)
    open(opened, path)
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['one'])
  })
})
