import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Engine } from '../engine/engine.ts'

const root = new URL('../../', import.meta.url).pathname
const cache = join(root, '.cache')
const name = 'vigie-test-base:bookworm'

/**
 * Gives the engine a small Debian to build images from, made with mmdebstrap from the packages of this machine's mirror and kept under
 * `.cache/`, so that no registry is asked.
 * @returns The image's name.
 */
export async function importDebianBase(engine: Engine): Promise<string> {
  const tar = join(cache, 'debian-base.tar')
  if (!existsSync(tar)) {
    mkdirSync(cache, { recursive: true })
    const unready = `${tar}.${process.pid}.tar`
    execFileSync('mmdebstrap', ['--quiet', '--variant=essential', '--include=libstdc++6', 'bookworm', unready]) // prettier-ignore
    renameSync(unready, tar)
  }
  await engine.docker('import', tar, name)
  return name
}
