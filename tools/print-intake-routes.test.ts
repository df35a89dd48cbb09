import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openFixedKeys } from '../src/access/open-fixed-keys.ts'
import { defaultHttpLimits } from '../src/http/limits.ts'
import { createBodyReader } from '../src/http/read-body.ts'
import { IntakeCounts } from '../src/intake/counts.ts'
import { intakeRoutes } from '../src/intake/index.ts'
import { unkeptRoutes } from '../src/intake/unkept-routes.ts'
import { LiveTable } from '../src/store/live-table.ts'
import { SeriesRegistry } from '../src/store/series-registry.ts'
import { keptRoutes } from './print-intake-routes.ts'

/** Told of in the text of the page. */
const others = ['/support/flare', '/support/flare/:case', '/*']

test('the page names each route that agents may post to, and no other', () => {
  const routes = intakeRoutes({
    keys: openFixedKeys({}),
    store: { write: async () => {} },
    registry: new SeriesRegistry(1, Date.now),
    live: new LiveTable({ clock: Date.now }),
    counts: new IntakeCounts(),
    readBody: createBodyReader(defaultHttpLimits),
    clock: Date.now,
    retentionMs: 1,
    sketchesRetentionMs: 1,
    totalsRetentionMs: 1,
    logsRetentionMs: 1,
  })
  const posted = routes.filter(({ method }) => method === 'POST').map(({ path }) => path)
  const named = [...keptRoutes, ...unkeptRoutes].map(({ path }) => path)
  assert.deepEqual(posted.toSorted(), [...named, ...others].toSorted())
})
