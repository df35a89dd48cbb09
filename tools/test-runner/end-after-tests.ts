// Loaded before each file of tests: `node --test --import ./tools/test-runner/end-after-tests.ts`. What a failed test has left
// running must not keep the other files waiting, so a file ends some seconds after its last test. Node's own
// `--test-force-exit` ends it at once, and with it what the file has yet to say of its tests: it lost 197 of 7,957.
import { after } from 'node:test'

const graceMs = 5000

// The runner itself loads this, too; only what it starts has tests.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  after(() => {
    setTimeout(() => process.exit(), graceMs).unref()
  })
}
