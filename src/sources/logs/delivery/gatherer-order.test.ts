import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { ReadFile, setUp, type Stage } from '../../../../test/agent/gatherer-stage.ts'

const names = ['file:/0.log', 'file:/1.log', 'file:/2.log']

/** Three files that are read while blocks are settled in any order. Each line says of which file it is, and where in it. */
class Play {
  readonly #stage: Stage
  readonly #random: (below: number) => number
  readonly #files: readonly ReadFile[]
  readonly #onTheWay = new Set<number>()
  readonly #settled = new Set<string>()
  #known = 0

  private constructor(stage: Stage, seed: number) {
    this.#stage = stage
    this.#random = randomNumbers(seed)
    this.#files = names.map((name) => new ReadFile(stage.gatherer, name))
  }

  static async open(t: TestContext, seed: number): Promise<Play> {
    return new Play(await setUp(t), seed)
  }

  readSomething(): void {
    const at = this.#random(names.length)
    const file = this.#files[at]
    assert.ok(file)
    if (this.#random(4) === 0) file.drop()
    for (let count = this.#random(4); count > 0; count -= 1) file.read(`${at}:${file.offset}`)
    if (this.#random(2) === 0) this.#stage.wait()
  }

  settleSomething(): void {
    this.#noteShipped()
    const chosen = [...this.#onTheWay][this.#random(this.#onTheWay.size + 1)]
    if (chosen !== undefined) this.#settle(chosen, this.#random(5) === 0 ? 'refused' : 'stored')
  }

  async settleAll(): Promise<void> {
    do {
      this.#stage.wait()
      this.#noteShipped()
      for (const block of this.#onTheWay) this.#settle(block, 'stored')
      await turn()
    } while (this.#stage.receiver.shipped.length > this.#known)
  }

  /** Positions of lines that a pointer has passed although they are not settled. */
  lost(): readonly string[] {
    const reached = this.pointers()
    const lines = this.#stage.receiver.shipped.flatMap((shipped) => shipped.lines)
    return lines.filter((line) => {
      const [file = 0, position = 0] = line.split(':').map(Number)
      return position < (reached[file] ?? 0) && !this.#settled.has(line)
    })
  }

  pointers(): readonly number[] {
    return names.map((name) => this.#stage.pointer(name) ?? 0)
  }

  ends(): readonly number[] {
    return this.#files.map(({ offset }) => offset)
  }

  #noteShipped(): void {
    const { length } = this.#stage.receiver.shipped
    for (; this.#known < length; this.#known += 1) this.#onTheWay.add(this.#known)
  }

  #settle(block: number, verdict: 'stored' | 'refused'): void {
    this.#onTheWay.delete(block)
    const shipped = this.#stage.receiver.at(block)
    shipped.settle(verdict)
    for (const line of shipped.lines) this.#settled.add(line)
  }
}

describe('the pointer', () => {
  test('never passes a line that is not settled, in any order of settling', async (t) => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const play = await Play.open(t, seed)
      for (let step = 0; step < 60; step += 1) {
        play.readSomething()
        play.settleSomething()
        await turn()
        assert.deepEqual(play.lost(), [], `seed ${seed}, step ${step}`)
        assert.ok(play.pointers().every((pointer, at) => pointer <= (play.ends()[at] ?? 0)))
      }
      await play.settleAll()
      assert.deepEqual(play.pointers(), play.ends(), `seed ${seed}: in the end all is settled`)
      t.mock.timers.reset()
    }
  })
})

/** The same whole numbers below a bound each time, for the same seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
