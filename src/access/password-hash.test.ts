import assert from 'node:assert/strict'
import { scryptSync } from 'node:crypto'
import { describe, test } from 'node:test'
import { createHashQueue } from './hash-queue.ts'
import { openPasswordHasher, storedPasswordPattern } from './password-hash.ts'

const hasher = openPasswordHasher()

describe('openPasswordHasher()', () => {
  test('knows a password again, and no other', async () => {
    const stored = await hasher.hash('correct horse')
    assert.match(stored, storedPasswordPattern)
    assert.doesNotMatch(stored, /correct|horse/)
    assert.equal(await hasher.verify('correct horse', stored), true)
    assert.equal(await hasher.verify('correct horse ', stored), false)
    assert.equal(await hasher.verify('Correct horse', stored), false)
  })

  test('hashes with scrypt at 2^15, 8, 3, as it says', async () => {
    const [, , cost, salt = '', hash] = (await hasher.hash('correct horse')).split('$')
    assert.equal(cost, 'ln=15,r=8,p=3')
    const options = { N: 32_768, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
    const found = scryptSync('correct horse', Buffer.from(salt, 'base64'), 32, options)
    assert.equal(hash, found.toString('base64').replace(/=+$/, ''))
  })

  test('makes another hash of the same password each time', async () => {
    assert.notEqual(await hasher.hash('correct horse'), await hasher.hash('correct horse'))
  })

  test('takes the same characters for the same, however they are typed', async () => {
    const stored = await hasher.hash('caf\u00E9 cr\u00E8me')
    assert.equal(await hasher.verify('cafe\u0301 cre\u0300me', stored), true)
  })

  test('lets nobody in who has no password, after as much work', async () => {
    const before = process.cpuUsage()
    assert.equal(await hasher.verify('anything', undefined), false)
    const { user } = process.cpuUsage(before)
    // Some 200 ms on any machine; without a hash it would be less than one.
    assert.ok(user > 20_000, `${user} µs`)
  })

  test('refuses what is too short or too long, without printing it', async () => {
    for (const password of ['', 'sevench', 'x'.repeat(1025)]) {
      await assert.rejects(hasher.hash(password), {
        status: 400,
        message: `Cannot use this password: it has ${password.length} characters; 8 to 1024 are allowed`,
      })
    }
  })
})

describe('createHashQueue()', () => {
  test('runs some, lets some wait in their order, and refuses the others', async () => {
    const inTurn = createHashQueue({ running: 2, waiting: 3 })
    const ends: (() => void)[] = []
    const begun: number[] = []
    const work = (number: number) =>
      inTurn(async () => {
        begun.push(number)
        await new Promise<void>((resolve) => ends.push(resolve))
        return number
      })
    const first = [1, 2, 3, 4, 5].map(work)
    await assert.rejects(work(6), {
      name: 'HttpError',
      status: 503,
      headers: { 'retry-after': '5' },
    })
    assert.deepEqual(begun, [1, 2])
    ends.shift()?.()
    assert.equal(await first[0], 1)
    assert.deepEqual(begun, [1, 2, 3])
    const seventh = work(7)
    while (ends.length > 0) {
      ends.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    assert.deepEqual(await Promise.all([...first, seventh]), [1, 2, 3, 4, 5, 7])
    assert.deepEqual(begun, [1, 2, 3, 4, 5, 7])
  })

  test('goes on after work that failed', async () => {
    const inTurn = createHashQueue({ running: 1, waiting: 1 })
    await assert.rejects(inTurn(() => Promise.reject(new Error('no'))))
    assert.equal(await inTurn(async () => 2), 2)
  })
})
