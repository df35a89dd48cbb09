import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { describe, test } from 'node:test'
import { promisify } from 'node:util'
import { findOwnCode } from './keep-memory-small.ts'

/** Heaps of threads after some of them have compressed at once; glibc puts each where its address is a multiple of 64 MiB. */
async function measureArenas(isKeptSmall: boolean): Promise<number> {
  const keep = isKeptSmall
    ? `import { keepMemorySmall } from '${new URL('keep-memory-small.ts', import.meta.url).href}'; keepMemorySmall();`
    : ''
  const program = `${keep}
    import { readFileSync } from 'node:fs'
    import { promisify } from 'node:util'
    import { zstdCompress } from 'node:zlib'
    const bytes = Buffer.alloc(1_000_000, 'container ')
    for (let i = 0; i < 5; i += 1) await Promise.all(Array.from({ length: 8 }, () => promisify(zstdCompress)(bytes)))
    const maps = readFileSync('/proc/self/maps', 'utf8')
    const arenas = [...maps.matchAll(/^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0 *$/gm)].filter(
      ([, from]) => BigInt('0x' + from) % 67108864n === 0n,
    )
    console.log(arenas.length)`
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    env: { ...process.env, UV_THREADPOOL_SIZE: '8', MALLOC_ARENA_MAX: '' },
  })
  return Number(stdout)
}

describe('keepMemorySmall()', () => {
  test('keeps threads from heaps of their own', async () => {
    const [kept, free] = await Promise.all([measureArenas(true), measureArenas(false)])
    assert.ok(kept < free, `${kept} heaps of threads with it, ${free} without`)
  })
})

describe('findOwnCode()', () => {
  test('finds the code of Node, some megabytes in whole pages', () => {
    const found = findOwnCode()
    const sizeBytes = found.reduce((sum, mapping) => sum + mapping.sizeBytes, 0)
    assert.ok(sizeBytes > 5_000_000, `${sizeBytes} bytes`)
    for (const mapping of found) {
      assert.deepEqual([mapping.address % 4096n, mapping.sizeBytes % 4096], [0n, 0])
    }
  })
})
