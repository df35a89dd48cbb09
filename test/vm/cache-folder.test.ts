import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { ensureFilled } from './cache-folder.ts'

describe('ensureFilled()', () => {
  let cache: string
  beforeEach(async () => {
    cache = await mkdtemp(join(tmpdir(), 'vigie-cache-'))
  })
  afterEach(async () => {
    await rm(cache, { recursive: true })
  })

  const put = (text: string) => (folder: string) => writeFile(join(folder, 'text'), text)

  test('fills a folder once', async () => {
    await ensureFilled(cache, { kind: 'image', stamp: 'a', fill: put('first') })
    const folder = await ensureFilled(cache, { kind: 'image', stamp: 'a', fill: put('second') })
    assert.equal(await readFile(join(folder, 'text'), 'utf8'), 'first')
  })

  test('takes the place of an older stamp and leaves other kinds alone', async () => {
    await ensureFilled(cache, { kind: 'image', stamp: 'a', fill: put('') })
    await ensureFilled(cache, { kind: 'saved', stamp: 'a', fill: put('') })
    await ensureFilled(cache, { kind: 'image', stamp: 'b', fill: put('') })
    assert.deepEqual((await readdir(cache)).toSorted(), ['image-b', 'saved-a'])
  })

  test('leaves the older one and nothing half done when filling fails', async () => {
    await ensureFilled(cache, { kind: 'image', stamp: 'a', fill: put('') })
    const fill = async (folder: string): Promise<void> => {
      await put('half')(folder)
      throw new Error('no room')
    }
    await assert.rejects(ensureFilled(cache, { kind: 'image', stamp: 'b', fill }), /no room/)
    assert.deepEqual(await readdir(cache), ['image-a'])
  })

  test('removes what a killed run left hours ago, not what another run is at', async () => {
    await mkdir(join(cache, 'unfinished-old'))
    await utimes(join(cache, 'unfinished-old'), 0, 0)
    await mkdir(join(cache, 'unfinished-new'))
    await ensureFilled(cache, { kind: 'image', stamp: 'a', fill: put('') })
    assert.deepEqual((await readdir(cache)).toSorted(), ['image-a', 'unfinished-new'])
  })
})
