import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { optionsSchema } from '../options.ts'
import { listToldActions, routeEvent } from './event-routes.ts'

const cases = [
  [{}, 'start', 'bundle'],
  [{}, 'exec_start', 'none'],
  [{}, 'oom', 'bundle'],
  [{ filtered_event_types: [] }, 'exec_start', 'bundle'],
  [{ filtered_event_types: [] }, 'prune', 'none'],
  [{ filtered_event_types: ['start'] }, 'exec_start', 'bundle'],
  [{ filtered_event_types: ['start'] }, 'start', 'none'],
  [{ collect_events: false }, 'start', 'none'],
  [{ unbundle_events: true }, 'oom', 'single'],
  [{ unbundle_events: true }, 'start', 'none'],
  [{ unbundle_events: true, collected_event_types: ['start'] }, 'start', 'single'],
  [{ unbundle_events: true, collected_event_types: ['start'] }, 'oom', 'none'],
  [{ unbundle_events: true, collected_event_types: ['exec_die'] }, 'exec_die', 'single'],
  [{ unbundle_events: true, bundle_unspecified_events: true }, 'oom', 'single'],
  [{ unbundle_events: true, bundle_unspecified_events: true }, 'start', 'bundle'],
  [{ unbundle_events: true, bundle_unspecified_events: true }, 'top', 'none'],
  [{ bundle_unspecified_events: true }, 'oom', 'bundle'],
] as const

describe('routeEvent()', () => {
  for (const [options, action, route] of cases) {
    test(`with ${JSON.stringify(options)}, ${action} becomes: ${route}`, () => {
      assert.equal(routeEvent(action, optionsSchema.parse(options)), route)
    })
  }
})

describe('listToldActions()', () => {
  const list = (options: object): readonly string[] => listToldActions(optionsSchema.parse(options))

  test('leaves out by default what health checks do by the thousand', () => {
    assert.ok(list({}).includes('kill'))
    assert.deepEqual(
      list({}).filter((action) => action.startsWith('exec_') && action !== 'exec_detach'),
      [],
    )
  })

  test('has them when nothing is filtered', () => {
    for (const action of ['exec_create', 'exec_start', 'exec_die', 'top'])
      assert.ok(list({ filtered_event_types: [] }).includes(action), action)
  })

  test('has an action of which it has never heard when it is asked for', () => {
    const options = { unbundle_events: true, collected_event_types: ['teleport'] }
    assert.deepEqual(list(options), ['teleport'])
  })

  test('has none when none is told', () => assert.deepEqual(list({ collect_events: false }), []))
})
