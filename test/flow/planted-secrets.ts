import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Shown of long keys on purpose, to tell them apart. */
const shownLength = 5

/** Secrets that are handed to the program, to be looked for wherever it says something. */
export class PlantedSecrets {
  readonly #values = new Map<string, string>()

  /** A new secret that nothing else looks like; `what` names it where it is found. */
  plant(what: string): string {
    const value = `planted${randomBytes(15).toString('hex')}`
    this.#values.set(what, value)
    return value
  }

  /** Looks for another one that was made elsewhere, such as a token that a command has printed once. */
  add(what: string, value: string): void {
    this.#values.set(what, value)
  }

  valueOf(what: string): string {
    const value = this.#values.get(what)
    assert.ok(value !== undefined, `no secret was planted as ${what}`)
    return value
  }

  /** Which secrets `text` has, as they are or as a header for a password has them. */
  find(text: string): readonly string[] {
    return [...this.#values].flatMap(([what, value]) => {
      const telling = value.slice(0, -shownLength)
      const isThere = listForms(telling).some((form) => text.includes(form))
      return isThere ? [what] : []
    })
  }

  /** @throws {AssertionError} That names the secret and the line, when there is one. */
  assertNone(where: string, text: string): void {
    for (const what of this.find(text)) {
      const telling = this.valueOf(what).slice(0, -shownLength)
      const line = text.split('\n').find((one) => one.includes(telling)) ?? '(in Base64)'
      const at = Math.max(0, line.indexOf(telling) - 200)
      assert.fail(`${where} tells ${what}: ${line.slice(at, at + 500)}`)
    }
  }

  /** Looks through all files below `folder`, by their bytes. */
  async assertNoneInFiles(folder: string, exceptions: ReadonlySet<string>): Promise<void> {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isFile() || exceptions.has(path)) continue
      this.assertNone(path, await readFile(path, 'latin1'))
    }
  }
}

/** The text, and what of it is in Base64 whatever stands before it. */
function listForms(text: string): readonly string[] {
  const shifted = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${text}`).toString('base64')
    // The ends depend on what stands around.
    return encoded.slice(before === 0 ? 0 : 4, -4)
  })
  return [text, ...shifted]
}
