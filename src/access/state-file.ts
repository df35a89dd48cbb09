import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { z } from 'zod'
import { keepOwner } from './keep-owner.ts'

/** A document of ours on the disk, which several processes may change. */
export interface StateFile<State> {
  /** What it holds, as far as this process knows. */
  readonly state: () => State
  /**
   * Applies `edit` to the newest state and resolves once the outcome is on the disk. Edits run one at a time; one runs again
   * where another process came first. One that gives the state back as it was writes nothing; one that throws changes nothing.
   * @throws {StateFileError} When the disk does not take it, or another process has written what cannot be read.
   */
  readonly change: <Result>(edit: (state: State) => Change<State, Result>) => Promise<Result>
  /** Reads what another process has written since. @throws {StateFileError} */
  readonly refresh: () => Promise<void>
}

/** What comes of an edit. */
export interface Change<State, Result> {
  readonly state: State
  readonly result: Result
}

/** Which document it is. */
export interface StateFileOptions<State> {
  readonly folder: string
  /** Without an ending: `people`. */
  readonly name: string
  readonly schema: z.ZodType<State>
  /** What it holds before anything was written. */
  readonly empty: State
}

/** The file cannot be read or written; the message says why and what to do. */
class StateFileError extends Error {
  override readonly name = 'StateFileError'
  readonly code = 'STATE_FILE'
}

interface Held<State> {
  readonly revision: number
  readonly state: State
}

const maxBytes = 32 * 1024 * 1024

/**
 * Opens `<name>-<revision>.json`, of which the highest revision counts. A change writes the next one beside it, whole and
 * synced, and gives it its name by `link`, which fails where another process had that name first: so nothing is ever half
 * there, and no lock can be left behind by a process that was killed.
 * @throws {StateFileError} When the newest cannot be read. It is never written over.
 */
export async function openStateFile<State>(
  options: StateFileOptions<State>,
): Promise<StateFile<State>> {
  const { folder, empty } = options
  await makeFolder(folder)
  await sweep(options)
  let held = (await readNewest(options, 0)) ?? { revision: 0, state: empty }
  let last: Promise<unknown> = Promise.resolve()

  async function refresh(): Promise<void> {
    held = (await readNewest(options, held.revision)) ?? held
  }
  async function apply<Result>(edit: (state: State) => Change<State, Result>): Promise<Result> {
    for (;;) {
      const { revision, state: before } = held
      const { state, result } = edit(before)
      if (state === before) return result
      if (await write(options, { revision: revision + 1, state })) {
        held = { revision: revision + 1, state }
        return result
      }
      await refresh()
    }
  }
  return {
    state: () => held.state,
    refresh,
    change(edit) {
      const done = last.then(() => apply(edit))
      last = done.catch(() => {})
      return done
    },
  }
}

async function makeFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new StateFileError(`Cannot make ${folder}: ${seenIn(cause)}`, { cause })
  })
  if (made !== undefined) await keepOwner(folder)
}

/** Takes away what a process that was killed has left half written; one that is being written is no minute old. */
async function sweep({
  folder,
  name,
}: Pick<StateFileOptions<unknown>, 'folder' | 'name'>): Promise<void> {
  const unready = (await readdir(folder)).filter((one) => one.startsWith(`.${name}-`))
  for (const one of unready) {
    const path = join(folder, one)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > 60_000) await unlink(path)
  }
}

/** @returns undefined when there is none above `known`: what is known stays in force where somebody has deleted the files. */
async function readNewest<State>(
  { folder, name, schema }: StateFileOptions<State>,
  known: number,
): Promise<Held<State> | undefined> {
  for (;;) {
    const revision = Math.max(0, ...(await listRevisions(folder, name)))
    if (revision <= known) return undefined
    const path = pathOf(folder, name, revision)
    const text = await readText(path)
    // Another process has replaced it since.
    if (text === undefined) continue
    return { revision, state: parse(path, text, schema) }
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    const { size } = await stat(path)
    if (size > maxBytes) throw new StateFileError(`Cannot use ${path}: it has ${size} bytes`)
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof StateFileError) throw cause
    if (codeOf(cause) === 'ENOENT') return undefined
    throw new StateFileError(
      `Cannot read ${path}: ${seenIn(cause)}; give it to the user that the server runs as`,
      { cause },
    )
  }
}

function parse<State>(path: string, text: string, schema: z.ZodType<State>): State {
  const remedy = 'put it back from a backup, or move it away to begin without it'
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new StateFileError(`Cannot use ${path}: it is broken: not JSON; ${remedy}`, { cause })
  }
  const result = schema.safeParse(json)
  if (result.success) return result.data
  const { path: place = [], message } = result.error.issues[0] ?? {}
  const seen = `${place.join('.')}: ${message ?? 'it does not fit'}`
  throw new StateFileError(
    `Cannot use ${path}: it is broken, or of a newer version: ${seen}; ${remedy}`,
  )
}

/** @returns Whether it became the newest; not where another process was first. */
async function write<State>(
  { folder, name }: StateFileOptions<State>,
  { revision, state }: Held<State>,
): Promise<boolean> {
  const path = pathOf(folder, name, revision)
  const unready = join(folder, `.${name}-${randomBytes(6).toString('hex')}`)
  try {
    await writeWhole(unready, `${JSON.stringify(state, null, 1)}\n`)
    await link(unready, path)
    await syncFolder(path)
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw new StateFileError(`Cannot write ${path}: ${seenIn(cause)}`, { cause })
  } finally {
    await unlink(unready).catch(() => {})
  }
  const revisions = await listRevisions(folder, name)
  // Others may have gone on so far meanwhile that the name was free again.
  const isNewest = Math.max(...revisions) === revision
  const past = isNewest ? revisions.filter((other) => other < revision) : [revision]
  for (const other of past) await unlink(pathOf(folder, name, other)).catch(() => {})
  return isNewest
}

async function writeWhole(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await keepOwner(path)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function listRevisions(folder: string, name: string): Promise<readonly number[]> {
  const pattern = new RegExp(`^${name}-(\\d{1,15})\\.json$`)
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new StateFileError(`Cannot read ${folder}: ${seenIn(cause)}`, { cause })
  })
  return names.flatMap((one) => {
    const digits = pattern.exec(one)?.[1]
    return digits === undefined ? [] : [Number(digits)]
  })
}

function pathOf(folder: string, name: string, revision: number): string {
  return join(folder, `${name}-${revision}.json`)
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}

function seenIn(error: unknown): string {
  return codeOf(error) ?? String(error)
}
