import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { RegistryPlace, stateAt, startMs } from '../../../../../test/agent/registry-place.ts'

const hourMs = 3_600_000

describe('Registry', { timeout: 60_000, concurrency: true }, () => {
  test('knows after a restart what it was told last', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    assert.equal(registry.get('file:/a.log'), undefined)
    registry.put(stateAt(100))
    registry.put(stateAt(200))
    registry.put(stateAt(5, 'docker:abc'))
    assert.deepEqual(registry.get('file:/a.log'), stateAt(200))
    await registry.close()
    const again = await place.open()
    assert.deepEqual(again.get('file:/a.log'), stateAt(200))
    assert.deepEqual(again.get('docker:abc'), stateAt(5, 'docker:abc'))
    assert.deepEqual([place.faults, place.warnings], [[], []])
  })

  test('writes by itself, soon after a change and not at each', async (t) => {
    await using place = await RegistryPlace.make()
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const registry = await place.open()
    registry.put(stateAt(100))
    t.mock.timers.tick(249)
    registry.put(stateAt(200))
    await turn()
    assert.equal(existsSync(place.folder), false)
    t.mock.timers.tick(1)
    while (!existsSync(place.path)) await turn()
    assert.match(await readFile(place.path, 'utf8'), /"Offset":"200"/)
  })

  test('leaves no other file, and lets only its owner read it', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    registry.put(stateAt(100))
    await registry.close()
    assert.deepEqual(await readdir(place.folder), ['registry.json'])
    assert.equal((await stat(place.path)).mode & 0o777, 0o600)
  })

  test('writes nothing while nothing changes', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    await registry.close()
    assert.equal(existsSync(place.folder), false)
  })

  test('sets a broken file aside, says so once, and begins anew', async () => {
    await using place = await RegistryPlace.make()
    await mkdir(place.folder)
    await writeFile(place.path, '{"Version":2,"Regis')
    const registry = await place.open()
    const aside = `${place.path}.broken-${startMs}`
    assert.equal(place.warnings.length, 1)
    assert.match(
      place.warnings[0] ?? '',
      /^Cannot read the pointer file .*registry\.json: .*; it is now .*broken-\d+, and log files are read as if for the first time$/,
    )
    assert.equal(await readFile(aside, 'utf8'), '{"Version":2,"Regis')
    registry.put(stateAt(100))
    await registry.close()
    assert.deepEqual((await place.open()).get('file:/a.log'), stateAt(100))
  })

  test('tells that it cannot write, goes on, and tells when it can again', async () => {
    await using place = await RegistryPlace.make()
    await writeFile(place.folder, 'a file where the folder should be')
    const registry = await place.open({ warn: () => {} })
    registry.put(stateAt(100))
    await registry.flush()
    registry.put(stateAt(200))
    await registry.flush()
    assert.equal(place.faults.length, 1)
    assert.match(place.faults[0] ?? '', /^Cannot write the pointer file .*registry\.json: E/)
    assert.deepEqual(registry.get('file:/a.log'), stateAt(200))
    await rm(place.folder)
    await registry.close()
    assert.equal(place.faults[1], '')
    assert.deepEqual((await place.open()).get('file:/a.log'), stateAt(200))
  })

  test('forgets what has not been read for longer than its time, and nothing that is', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    registry.use('file:/open.log')
    for (const name of ['file:/open.log', 'file:/closed.log', 'file:/old.log'])
      registry.put(stateAt(1, name))
    await registry.flush()
    place.nowMs += 20 * hourMs
    registry.release('file:/closed.log')
    await registry.flush()
    place.nowMs += 4 * hourMs
    registry.put(stateAt(2, 'file:/new.log'))
    await registry.close()
    const again = await place.open()
    assert.deepEqual(
      ['open', 'closed', 'old', 'new'].filter(
        (name) => again.get(`file:/${name}.log`) !== undefined,
      ),
      ['open', 'closed', 'new'],
    )
  })

  test('forgets at once what it is told to', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open()
    registry.put(stateAt(1))
    await registry.flush()
    registry.remove('file:/a.log')
    assert.equal(registry.get('file:/a.log'), undefined)
    await registry.close()
    assert.equal((await place.open()).get('file:/a.log'), undefined)
  })

  test('keeps entries of others in the file', async () => {
    await using place = await RegistryPlace.make()
    const journal = { LastUpdated: new Date(startMs).toISOString(), Offset: 's=94b', More: 1 }
    await mkdir(place.folder)
    await writeFile(
      place.path,
      JSON.stringify({ Version: 2, Registry: { 'journald:default': journal } }),
    )
    const registry = await place.open()
    registry.put(stateAt(1))
    await registry.close()
    const written = JSON.parse(await readFile(place.path, 'utf8'))
    assert.deepEqual(written.Registry['journald:default'], journal)
    assert.deepEqual(Object.keys(written.Registry), ['journald:default', 'file:/a.log'])
  })

  test('knows without a folder what it was told, and writes nothing', async () => {
    await using place = await RegistryPlace.make()
    const registry = await place.open({ folder: '' })
    registry.put(stateAt(1))
    await registry.close()
    assert.deepEqual(registry.get('file:/a.log'), stateAt(1))
    assert.equal(existsSync('registry.json'), false)
  })
})
