import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openDashboards, type Dashboards } from './open-dashboards.ts'

let folder: string
let warnings: string[]
let dashboards: Dashboards

beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'vigie-dashboards-'))
  folder = join(root, 'dashboards.d')
  await mkdir(folder)
  warnings = []
  const log = { warn: (text: string): void => void warnings.push(text) }
  dashboards = openDashboards({ folder, log })
})

afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

const write = (name: string, content: unknown): Promise<void> =>
  writeFile(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))

const mine = { title: 'Mine', widgets: [{ definition: { type: 'note', content: 'hello' } }] }

async function titles(): Promise<readonly string[]> {
  return (await dashboards.list()).dashboards.map(({ id, title }) => `${id} ${title}`)
}

async function faultOf(name: string): Promise<string | undefined> {
  return (await dashboards.list()).faults.find(({ file }) => file === name)?.reason
}

describe('openDashboards()', () => {
  test('has what is shipped where there is no folder', async () => {
    await rm(folder, { recursive: true })
    assert.deepEqual(await titles(), ['docker Docker'])
    const found = await dashboards.find('docker')
    assert.equal(found?.kind === 'dashboard' && found.dashboard.isShipped, true)
    assert.equal(await dashboards.find('mine'), undefined)
  })

  test('lists the files of the folder by title, and no others', async () => {
    await write('b.json', mine)
    await write('untitled.json', { widgets: [] })
    await write('notes.txt', 'nothing')
    await write('.hidden.json', '{')
    const { dashboards: listed, faults } = await dashboards.list()
    assert.deepEqual(faults, [])
    assert.deepEqual(
      listed.map(({ id }) => id),
      ['docker', 'b', 'untitled'],
    )
    const expected = { id: 'b', title: 'Mine', description: '', widgetCount: 1, isShipped: false }
    assert.deepEqual(listed[1], expected)
    assert.equal(listed[2]?.title, 'untitled')
  })

  test('reads a file again when it has changed, forgets it when it is gone', async () => {
    await write('b.json', mine)
    assert.deepEqual(await titles(), ['docker Docker', 'b Mine'])
    await write('new', { ...mine, title: 'Mime' })
    await rename(join(folder, 'new'), join(folder, 'b.json'))
    assert.deepEqual(await titles(), ['docker Docker', 'b Mime'])
    await rm(join(folder, 'b.json'))
    assert.deepEqual(await titles(), ['docker Docker'])
    assert.equal(await dashboards.find('b'), undefined)
  })

  test('lets a file take the place of the one that is shipped', async () => {
    await write('docker.json', { ...mine, title: 'My Docker' })
    assert.deepEqual(await titles(), ['docker My Docker'])
    const found = await dashboards.find('docker')
    assert.equal(found?.kind === 'dashboard' && found.dashboard.isShipped, false)
  })

  test('gives the text of a dashboard in its own format, to be changed', async () => {
    const text = await dashboards.source('docker')
    assert.ok(text)
    await write('copy.json', text)
    const [copy, shipped] = [await dashboards.find('copy'), await dashboards.find('docker')]
    assert.ok(copy?.kind === 'dashboard' && shipped?.kind === 'dashboard')
    assert.deepEqual(copy.dashboard.widgets, shipped.dashboard.widgets)
    assert.equal(await dashboards.source('copy'), text)
    assert.equal(await dashboards.source('none'), undefined)
  })

  test('says of a file that is no dashboard what it is, once in the log', async () => {
    await write('bad.json', '[]')
    assert.match(
      (await faultOf('bad.json')) ?? '',
      /^it is a list; an object with a list "widgets"/,
    )
    const found = await dashboards.find('bad')
    assert.equal(found?.kind, 'fault')
    assert.equal(warnings.length, 1)
    assert.match(warnings[0] ?? '', /^Cannot read dashboard bad.json: it is a list/)
  })

  test('does not read what is too long', async () => {
    await write('long.json', '')
    await truncate(join(folder, 'long.json'), 10 * 1024 * 1024)
    assert.equal(await faultOf('long.json'), 'it has 10485760 bytes, at most 1048576 are read')
    assert.equal(await dashboards.source('long'), undefined)
  })

  test('follows links within the folder, as a ConfigMap has them, and none out of it', async () => {
    await mkdir(join(folder, '..2026'))
    await write('..2026/inner.json', mine)
    await symlink('..2026', join(folder, '..data'))
    await symlink('..data/inner.json', join(folder, 'inner.json'))
    await writeFile(join(folder, '../secret.json'), JSON.stringify(mine))
    await symlink('../secret.json', join(folder, 'outer.json'))
    await symlink('/etc/passwd', join(folder, 'passwd.json'))
    assert.deepEqual(await titles(), ['docker Docker', 'inner Mine'])
    assert.equal(await faultOf('outer.json'), 'it is a link out of the folder')
    assert.equal(await faultOf('passwd.json'), 'it is a link out of the folder')
    assert.equal((await dashboards.find('outer'))?.kind, 'fault')
    assert.equal(await dashboards.source('outer'), undefined)
  })

  test('does not wait for a pipe, nor read a folder', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')])
    await mkdir(join(folder, 'folder.json'))
    assert.equal(await faultOf('pipe.json'), 'it is no plain file')
    assert.equal(await faultOf('folder.json'), 'it is no plain file')
  })

  test('finds nothing by an id that leads elsewhere', async () => {
    await writeFile(join(folder, '../secret.json'), JSON.stringify(mine))
    for (const id of ['../secret', '..', '', '.hidden', 'a/b', 'a\0', '/etc/passwd', 'é']) {
      assert.equal(await dashboards.find(id), undefined, id)
      assert.equal(await dashboards.source(id), undefined, id)
    }
    await write('sp ace.json', mine)
    assert.match((await faultOf('sp ace.json')) ?? '', /^its name is not of up to 100 letters/)
  })

  test('reads 500 files and says that there are more', async () => {
    const names = Array.from({ length: 502 }, (_, n) => `d${String(n).padStart(3, '0')}.json`)
    await Promise.all(names.map((name) => write(name, '{"widgets":[]}')))
    assert.equal((await titles()).length, 501)
    assert.equal(
      await faultOf('d500.json'),
      'the folder has 502 files, the first 500 by name are read',
    )
  })
})
