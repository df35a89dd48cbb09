import assert from 'node:assert/strict'
import { fork } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { z } from 'zod'
import { openStateFile, type StateFile } from './state-file.ts'

interface Numbers {
  readonly version: 1
  readonly numbers: readonly number[]
}

const schema = z.strictObject({ version: z.literal(1), numbers: z.array(z.number()).readonly() })

let folder = ''
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'vigie-state-')), 'access')
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

function open(): Promise<StateFile<Numbers>> {
  return openStateFile({ folder, name: 'numbers', schema, empty: { version: 1, numbers: [] } })
}

function add(file: StateFile<Numbers>, number: number): Promise<number> {
  return file.change((state) => ({
    state: { ...state, numbers: [...state.numbers, number] },
    result: number,
  }))
}

describe('openStateFile()', () => {
  test('is empty at first, and writes nothing for that', async () => {
    const file = await open()
    assert.deepEqual(file.state().numbers, [])
    assert.deepEqual(await readdir(folder), [])
  })

  test('keeps what was changed, for its owner alone', async () => {
    const file = await open()
    assert.equal(await add(file, 7), 7)
    await add(file, 8)
    assert.deepEqual((await open()).state().numbers, [7, 8])
    assert.deepEqual(await readdir(folder), ['numbers-2.json'])
    assert.equal((await stat(join(folder, 'numbers-2.json'))).mode & 0o777, 0o600)
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
  })

  test('writes nothing for an edit that changes nothing, or throws', async () => {
    const file = await open()
    await file.change((state) => ({ state, result: undefined }))
    const fail = (): never => {
      throw new Error('no')
    }
    await assert.rejects(file.change(fail), { message: 'no' })
    assert.deepEqual(await readdir(folder), [])
    assert.equal(await add(file, 1), 1)
  })

  test('takes edits of two that have it open, none of which is lost', async () => {
    const [one, other] = [await open(), await open()]
    const numbers = Array.from({ length: 40 }, (_, at) => at)
    await Promise.all(numbers.map((number) => add(number % 2 === 0 ? one : other, number)))
    const sorted = (await open()).state().numbers.toSorted((a, b) => a - b)
    assert.deepEqual(sorted, numbers)
    assert.equal((await readdir(folder)).length, 1)
  })

  test('sees what another has written once it is asked to look', async () => {
    const [one, other] = [await open(), await open()]
    await add(other, 5)
    assert.deepEqual(one.state().numbers, [])
    await one.refresh()
    assert.deepEqual(one.state().numbers, [5])
  })

  test('keeps what it knows when the files are taken away, and writes it with the next change', async () => {
    const file = await open()
    await add(file, 1)
    await rm(join(folder, 'numbers-1.json'))
    await file.refresh()
    assert.deepEqual(file.state().numbers, [1])
    await add(file, 2)
    assert.deepEqual((await open()).state().numbers, [1, 2])
  })

  test('does not come in front of one that has gone on meanwhile', async () => {
    const [slow, fast] = [await open(), await open()]
    for (const number of [1, 2, 3]) await add(fast, number)
    await add(slow, 4)
    assert.deepEqual((await open()).state().numbers, [1, 2, 3, 4])
    assert.deepEqual(await readdir(folder), ['numbers-4.json'])
  })

  const broken: Readonly<Record<string, string>> = {
    'half of a file': '{"version":1,"numbers":[1,',
    'an empty file': '',
    'another kind of document': '{"version":1,"users":[]}',
    'one of a newer version': '{"version":2,"numbers":[]}',
  }
  for (const [what, text] of Object.entries(broken)) {
    test(`does not open ${what}, and leaves it as it is`, async () => {
      await add(await open(), 1)
      const path = join(folder, 'numbers-2.json')
      await writeFile(path, text)
      await assert.rejects(open(), {
        name: 'StateFileError',
        message: /^Cannot use .*numbers-2\.json: it is broken.*put it back from a backup, or move/,
      })
      assert.equal(await readFile(path, 'utf8'), text)
    })
  }

  test('does not write over what has been broken while it was open', async () => {
    const file = await open()
    await add(file, 1)
    await writeFile(join(folder, 'numbers-2.json'), 'noise')
    await assert.rejects(add(file, 2), { name: 'StateFileError' })
    assert.equal(await readFile(join(folder, 'numbers-2.json'), 'utf8'), 'noise')
    assert.deepEqual(file.state().numbers, [1])
  })

  test('is whole after its writer was killed at any moment', async () => {
    const writer = fork(join(import.meta.dirname, '../../test/access/write-numbers.ts'), [folder])
    // It tells each number once the change has resolved.
    const told = await new Promise<number>((resolve) => {
      writer.on('message', (number) => {
        if (number === 30) writer.kill('SIGKILL')
      })
      let last = 0
      writer.on('message', (number) => (last = Number(number)))
      writer.on('exit', () => resolve(last))
    })
    assert.ok(told >= 30)
    const { numbers } = (await open()).state()
    assert.deepEqual(
      numbers,
      numbers.map((_, at) => at + 1),
    )
    assert.ok(numbers.length >= told, `${numbers.length} of at least ${told}`)
  })

  test('takes away what was left half written, once that is old', async () => {
    await open()
    const minutesAgo = new Date(Date.now() - 120_000)
    for (const name of ['.numbers-0a', '.numbers-0b']) await writeFile(join(folder, name), '{')
    await utimes(join(folder, '.numbers-0a'), minutesAgo, minutesAgo)
    await open()
    assert.deepEqual(await readdir(folder), ['.numbers-0b'])
  })

  test('says why it cannot be there', async () => {
    await symlink('/proc/version', join(folder, '..', 'file'))
    folder = join(folder, '..', 'file', 'access')
    await assert.rejects(open(), { message: /^Cannot make .*access: ENOTDIR$/ })
    folder = join(folder, '../../access')
  })
})
