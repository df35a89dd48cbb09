import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { findOutside } from './find-outside.ts'

const folder = join(import.meta.dirname, '..')
/** Tests and what only they use; the tables themselves. */
const left = /\.test\.tsx?$|^\.\.\/testing\/|^\.\/(en|fr)[.-]/
const modules = Object.keys(import.meta.glob('../**/*.{ts,tsx}')).filter((path) => !left.test(path))

const tables = import.meta.glob<Readonly<Record<string, Readonly<Record<string, string>>>>>(
  './en{,-*}.ts',
  { eager: true },
)
/** Names that are the same in all languages; and the names of sentences, which stand where the sentence is said later. */
const known: ReadonlySet<string> = new Set([
  'Vigie',
  '· Vigie',
  ...Object.values(tables).flatMap((module) => Object.values(module).flatMap(Object.keys)),
])

describe('the pages', () => {
  test('are looked through', () => {
    expect(modules.length).toBeGreaterThan(200)
  })

  test('say nothing that stands in no table', () => {
    const outside = modules.flatMap((path) => {
      const file = join(folder, 'messages', path)
      const found = findOutside(file, readFileSync(file, 'utf8'), (text) => known.has(text))
      return found.map(({ line, text }) => `${path.replace('../', '')}:${line} ${text}`)
    })
    expect(outside).toEqual([])
  })
})

describe('findOutside()', () => {
  function texts(source: string): readonly string[] {
    return findOutside('x.tsx', source, (text) => text === 'Vigie').map(({ text }) => text)
  }

  test.each([
    ['const x = <p>Hello</p>', ['Hello']],
    ['const x = <p>{"Hello"}</p>', ['Hello']],
    ['const x = <p>{isOn ? "On now" : say("a.off")}</p>', ['On now']],
    ['const x = <p>{isOn && `Since ${time} today`}</p>', ['Since', 'today']],
    ['const x = <p>{"Total " + count}</p>', ['Total']],
    ['const x = <button aria-label="Close" className="control" />', ['Close']],
    ['const x = <button title={`${name}: Close`} />', [': Close']],
    ['const x = <img alt={text ?? "Picture"} />', ['Picture']],
    ['const words = { label: "Search", value: "all" }', ['Search']],
    ['cell.textContent = "stale"', ['stale']],
    ['document.title = `${what} page`', ['page']],
    ['const x = <p>\n  {say("a")}\n  and\n</p>', ['and']],
    ['const x = <p>{["some", "more"].join(", ")}</p>', ['some', 'more']],
    ['const x = <p>{"Hello".toUpperCase()}</p>', ['Hello']],
    ['const x = <p>{rows.map((row) => `row ${row}`)}</p>', ['row']],
    ['const x = <p>{(() => { return "late" })()}</p>', ['late']],
    ['context.fillText(isKept ? name : "not kept", 0, 0)', ['not kept']],
    ['cell.append("stale")', ['stale']],
    ['cell.setAttribute("title", "stale")', ['stale']],
    ['const text = () => "Nothing here yet"', ['Nothing here yet']],
    ['const x = <Notice message="Nothing here" />', ['Nothing here']],
  ])('finds what is shown in %s', (source, expected) => {
    expect(texts(source)).toEqual(expected)
  })

  test.each([
    'const x = <p>{say("a.key")}</p>',
    'const x = <p>· {count} / {all}</p>',
    'const x = <p>Vigie</p>',
    'const x = <p>&nbsp;</p>',
    'const x = <Command text="vigie agent" />',
    'const x = <p className="text-soft">{name}</p>',
    'const x = <option value="all">{say("all")}</option>',
    'const x = { kind: "found", key: "service" }',
    'type Kind = "label" | "text"',
    'type Text = "Nothing here"',
    'throw new RequestError("Cannot read the answer", status)',
    'const keys = "ArrowLeft ArrowRight Space"',
    'const x = <tr>{["name", "kind"].map((id) => <th>{say(`head.${id}`)}</th>)}</tr>',
    'cell.setAttribute("class", "stale")',
    'document.createElement("span")',
  ])('leaves %s alone', (source) => {
    expect(texts(source)).toEqual([])
  })

  test('says the line', () => {
    expect(
      findOutside('x.tsx', 'const a = 1\nconst x = (\n  <p>Hello</p>\n)', () => false),
    ).toEqual([{ line: 3, text: 'Hello' }])
  })
})
