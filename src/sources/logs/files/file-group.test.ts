import assert from 'node:assert/strict'
import { appendFileSync, mkdtempDisposableSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { openLogTools, type OpenLogTools } from '../../../../test/agent/log-tools.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import { FileGroup } from './file-group.ts'

function openGroup(
  { tools }: OpenLogTools,
  path: string,
  change: Partial<LogConfig> = {},
): FileGroup {
  return new FileGroup(tools, {
    kind: 'file',
    place: 'conf.d/x.yaml:1',
    path,
    tags: ['a:b'],
    rules: [],
    ...change,
  })
}

describe('FileGroup', { timeout: 60_000, concurrency: true }, () => {
  test('reads a file that is there at the start from its end', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
    const path = join(folder.path, 'app.log')
    writeFileSync(path, 'old\n')
    await using opened = await openLogTools()
    openGroup(opened, path, { service: 'shop', source: 'java' })
    appendFileSync(path, 'new\n')
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['new'])
    const origin = opened.shipped.lines[0]?.origin
    assert.deepEqual([origin?.service, origin?.source, origin?.containerId], ['shop', 'java', ''])
    assert.deepEqual(origin?.tags, [
      'a:b',
      'filename:app.log',
      `dirname:${folder.path}`,
      'env:test',
    ])
  })

  for (const start of ['beginning', 'forceBeginning'] as const) {
    test(`reads it from its beginning with start_position ${start}`, async () => {
      using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
      const path = join(folder.path, 'app.log')
      writeFileSync(path, 'old\n')
      await using opened = await openLogTools()
      openGroup(opened, path, { start })
      assert.deepEqual(await within(2000, opened.shipped.first(1)), ['old'])
    })
  }

  test('reads a file that comes later from its beginning', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
    await using opened = await openLogTools()
    openGroup(opened, join(folder.path, '*.log'), { excludePaths: [join(folder.path, 'no.log')] })
    writeFileSync(join(folder.path, 'no.log'), 'not wanted\n')
    writeFileSync(join(folder.path, 'app.log'), 'first\n')
    assert.deepEqual(await within(2000, opened.shipped.first(1)), ['first'])
    assert.deepEqual(opened.shipped.lines[0]?.origin.tags[1], 'filename:app.log')
  })

  test('goes on where it was when the agent stopped, over a rotation', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
    using state = mkdtempDisposableSync(join(tmpdir(), 'vigie-state-'))
    const path = join(folder.path, 'app.log')
    {
      await using opened = await openLogTools({}, state.path)
      openGroup(opened, join(folder.path, '*.log'))
      writeFileSync(path, '1\n')
      await within(2000, opened.shipped.first(1))
    }
    appendFileSync(path, '2\n')
    renameSync(path, `${path}.1`)
    writeFileSync(path, '3\n')
    await using opened = await openLogTools({}, state.path)
    openGroup(opened, join(folder.path, '*.log'))
    assert.deepEqual(await within(2000, opened.shipped.first(2)), ['2', '3'])
  })

  test('reads as many files as may be open, and says so', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
    for (const name of ['a', 'b', 'c']) writeFileSync(join(folder.path, `${name}.log`), `${name}\n`)
    await using opened = await openLogTools({ openFilesLimit: 2 })
    const group = openGroup(opened, join(folder.path, '*.log'), { start: 'beginning' })
    assert.equal(group.size, 2)
    assert.deepEqual((await within(2000, opened.shipped.first(2))).toSorted(), ['b', 'c'])
    assert.match(
      opened.tools.faults.list().join(),
      /3 files fit .*, of which the 2 last by name are read; to read more, raise logs_config\.open_files_limit/,
    )
  })

  test('reads no file that is read already', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-group-'))
    const path = join(folder.path, 'app.log')
    writeFileSync(path, '')
    await using opened = await openLogTools()
    openGroup(opened, path)
    openGroup(opened, join(folder.path, '*.log'), { place: 'conf.d/y.yaml:1' })
    assert.deepEqual(opened.tools.faults.list(), [
      `conf.d/y.yaml:1: ${path} is already read: conf.d/x.yaml:1`,
    ])
  })

  test('says what is wrong with a wildcard', async () => {
    await using opened = await openLogTools()
    openGroup(opened, '/var/log/[a.log')
    assert.match(opened.tools.faults.list().join(), /^conf\.d\/x\.yaml:1: /)
  })
})
