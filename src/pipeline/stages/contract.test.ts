import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkForm, checkIndex } from '../../../test/agent/check-component.ts'
import { makeEnvironment } from '../../../test/agent/environment.ts'
import { makePoint } from '../../../test/agent/points.ts'
import type { Stage } from '../../component/stage.ts'
import { stages } from './index.ts'

const all: readonly Stage<unknown>[] = stages

test('every folder with a stage is in the index', () => {
  checkIndex(new URL('index.ts', import.meta.url), all, 'stage.ts')
})

for (const stage of all) {
  describe(`the stage ${stage.name}`, () => {
    const create = (): ReturnType<typeof stage.create> =>
      stage.create(stage.config.parse({}), makeEnvironment({ hostTags: ['env:test'] }))

    test('has the form of a component', () => checkForm(stage))

    test('makes nothing of nothing', () => {
      const running = create()
      assert.deepEqual(running.apply([]), [])
      assert.deepEqual(running.flush?.() ?? [], [])
    })

    test('leaves the batch it is given as it was', () => {
      const batch = Object.freeze([makePoint(1)])
      const before = structuredClone(batch)
      create().apply(batch)
      assert.deepEqual(batch, before)
    })

    test('gives points of one series one series again', () => {
      const first = makePoint(1)
      const running = create()
      const out = [first, { ...first, value: 2 }].flatMap((point) => running.apply([point]))
      const series = out.flatMap((item) => (item.kind === 'point' ? [item.series] : []))
      assert.equal(series.length, 2)
      assert.equal(series[0], series[1])
    })
  })
}
