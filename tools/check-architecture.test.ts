import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { mayImport } from '../oxlint.config.ts'

const root = new URL('../', import.meta.url)
const page = readFileSync(new URL('ARCHITECTURE.md', root), 'utf8')
const folders = readdirSync(new URL('src/', root), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

describe('ARCHITECTURE.md', () => {
  test('prints the table that lint enforces; to mend it, put in what was expected', () => {
    const [, printed] = /<!-- may-import.*?-->\n(.*?)<!-- \/may-import -->/s.exec(page) ?? []
    assert.equal(printed, printTable())
  })

  test('has a line for each folder of src', () => {
    assert.deepEqual(
      folders.filter((folder) => !page.includes(`\n| \`src/${folder}/\` | `)),
      [],
    )
  })
})

describe('oxlint.config.ts', () => {
  test('says of each folder of src what it may import; cli is the assembly and may all', () => {
    const without = folders.filter((folder) => !(folder in mayImport))
    assert.deepEqual(without, ['cli'])
  })
})

function printTable(): string {
  const rows = Object.entries(mayImport).map(
    ([folder, allowed]) => `| ${folder} | ${allowed.join(', ') || 'nothing'} |\n`,
  )
  return ['| folder | may import |\n', '|---|---|\n', ...rows].join('')
}
