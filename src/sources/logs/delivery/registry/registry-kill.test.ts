import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { RegistryPlace, stateAt, startMs } from '../../../../../test/agent/registry-place.ts'

describe('Registry, when its agent is killed', () => {
  test('knows after a kill what was secured, and what was written since', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    registry.put(stateAt(100))
    registry.put(stateAt(1, 'file:/b.log'))
    registry.secure()
    registry.put(stateAt(200))
    registry.secure()
    registry.put(stateAt(300))
    assert.equal((await place.open()).get('file:/a.log')?.readBytes, 200)
    await registry.flush()
    registry.put(stateAt(400))
    registry.secure()
    const again = await place.open()
    assert.deepEqual(again.get('file:/a.log'), stateAt(400))
    assert.deepEqual(again.get('file:/b.log'), stateAt(1, 'file:/b.log'))
    again.put(stateAt(500))
    await again.close()
    assert.deepEqual(await readdir(place.folder), ['registry.json'])
    assert.deepEqual((await place.open()).get('file:/a.log'), stateAt(500))
  })

  test('reads what can be read of a journal that was cut', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    for (const offset of [100, 200]) {
      registry.put(stateAt(offset))
      registry.secure()
    }
    const journal = join(place.folder, 'registry.journal.1')
    const text = await readFile(journal, 'utf8')
    await writeFile(journal, text.slice(0, -10))
    assert.deepEqual((await place.open()).get('file:/a.log'), stateAt(100))
  })

  test('does not believe a journal that is older than the file, or than the file of another agent', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    registry.put(stateAt(100))
    registry.secure()
    const journal = join(place.folder, 'registry.journal.1')
    const text = await readFile(journal, 'utf8')
    registry.put(stateAt(200))
    await registry.close()
    await writeFile(journal, text)
    assert.deepEqual((await place.open()).get('file:/a.log'), stateAt(200))
    const theirs = { LastUpdated: new Date(startMs).toISOString(), Offset: '300' }
    const document = { Version: 2, Registry: { 'file:/a.log': theirs } }
    await writeFile(place.path, JSON.stringify(document))
    assert.deepEqual((await place.open()).get('file:/a.log')?.at, { fileId: 0n, offset: 300 })
  })

  test('secures nothing while the file cannot be written', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    await using place = await RegistryPlace.make()
    await mkdir(place.path, { recursive: true })
    const registry = await place.open({ warn: () => {} })
    await mkdir(place.path, { recursive: true })
    registry.put(stateAt(100))
    await registry.flush()
    registry.put(stateAt(200))
    registry.secure()
    assert.equal(place.faults.length, 1)
    assert.ok(!(await readdir(place.folder)).some((name) => name.includes('journal')))
  })
})
