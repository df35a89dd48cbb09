import { execFile } from 'node:child_process'
import { cp, mkdir, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** The package as it is to lie in `node_modules`, or in one sentence why it cannot. */
export type UnixDgram =
  /** `installed`: where npm has put it as npm compiles it. */
  | { readonly kind: 'built'; readonly folder: string; readonly installed: string }
  | { readonly kind: 'absent'; readonly reason: string }

/**
 * Compiles the npm package `unix-dgram` for the Node that runs this, into a new folder: npm compiles it for the Node that npm
 * runs on. `hot-shots` needs it for Unix sockets and names it an optional dependency, so it may be missing, and so may the
 * compiler.
 */
export async function buildUnixDgram(folder: string): Promise<UnixDgram> {
  try {
    const installed = findPackage('unix-dgram', import.meta.resolve('hot-shots'))
    const nan = findPackage('nan', join(installed, 'package.json'))
    const headers = join(dirname(process.execPath), '../include/node')
    await cp(installed, folder, { recursive: true })
    await rm(join(folder, 'build'), { recursive: true, force: true })
    const output = join(folder, 'build/Release/unix_dgram.node')
    await mkdir(dirname(output), { recursive: true })
    const includes = [headers, nan].map((path) => `-I${path}`)
    const options = ['-std=gnu++20', '-shared', '-fPIC', '-w', '-DNODE_GYP_MODULE_NAME=unix_dgram']
    await execute('g++', [...options, ...includes, join(folder, 'src/unix_dgram.cc'), '-o', output])
    return { kind: 'built', folder, installed }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { kind: 'absent', reason: message.split('\n', 1)[0] ?? '' }
  }
}

/** The folder of a package as a file of another package finds it. */
function findPackage(name: string, from: string): string {
  return dirname(createRequire(from).resolve(`${name}/package.json`))
}
