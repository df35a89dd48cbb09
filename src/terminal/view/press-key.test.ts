import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { pressKey, type Surroundings } from './press-key.ts'
import { firstView, type View } from './view.ts'

const around: Surroundings = {
  ids: ['a', 'b', 'c', 'd'],
  pageRows: 2,
  logs: { first: 10, newest: 19 },
}

function press(keys: readonly string[], from: View = firstView): View {
  return keys.reduce((view, key) => pressKey(view, key, around), from)
}

describe('pressKey()', () => {
  test('moves the cursor and stops at both ends', () => {
    assert.equal(press(['j']).chosenId, 'b')
    assert.equal(press(['down', 'down', 'k']).chosenId, 'b')
    assert.equal(press(['pageDown']).chosenId, 'c')
    assert.equal(press(['end', 'j']).chosenId, 'd')
    assert.equal(press(['end', 'home', 'up']).chosenId, 'a')
  })

  test('opens the container at the cursor, its log, and goes back the same way', () => {
    const opened = press(['j', 'o'])
    assert.deepEqual(opened.page, { kind: 'container', id: 'b' })
    const log = press(['l'], opened)
    assert.equal(log.page.kind, 'logs')
    assert.deepEqual(press(['escape'], log).page, opened.page)
    assert.deepEqual(press(['escape', 'escape'], log).page, { kind: 'table' })
  })

  test('writes a filter, keys of the table included, and gives it up', () => {
    const written = press(['/', 'q', 'a', '日', 'backspace', 'left'])
    assert.equal(written.filterText, 'qa')
    assert.equal(press(['enter'], written).filterText, 'qa')
    assert.deepEqual(press(['escape'], written), firstView)
    assert.equal(press(['enter', 'escape'], written).filterText, '')
  })

  test('sorts names from A and figures from the highest, and turns it round', () => {
    assert.deepEqual(press(['s', 'home', 'j', 'enter']).sort, { column: 'name', isFalling: false })
    assert.deepEqual(press(['r']).sort, { column: 'cpu', isFalling: false })
  })

  test('hides and moves columns, but not the name', () => {
    const moved = press(['c', 'enter', 'j', 'enter', 'right'])
    assert.deepEqual(
      moved.columns.slice(0, 3).map(({ id, isShown }) => [id, isShown]),
      [
        ['state', false],
        ['host', false],
        ['name', true],
      ],
    )
  })

  test('scrolls a log up and follows again at its end', () => {
    const log = press(['l'])
    const up = press(['up', 'pageUp'], log)
    assert.equal(up.page.kind === 'logs' && up.page.until, 16)
    assert.deepEqual(press(['end'], up), log)
    assert.equal(press(['t'], log).hasTimes, false)
  })

  test('quits with q in the table, and with Ctrl-C everywhere', () => {
    assert.equal(press(['q']).page.kind, 'end')
    assert.equal(press(['?', 'ctrl-c']).page.kind, 'end')
    assert.equal(press(['?', 'q']).page.kind, 'table')
  })
})
