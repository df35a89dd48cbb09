import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pages, toUrl } from './print-reference.ts'

for (const { file, print } of pages) {
  test(`${file} is what the program prints; to print it again: node tools/print-reference.ts`, () => {
    assert.equal(readFileSync(toUrl(file), 'utf8'), print())
  })
}
