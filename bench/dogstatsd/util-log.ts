// Node 24 has no `util.log` any more, without which the npm package `statsd` does not start: loaded before it, this gives
// it one that says nothing.
import util from 'node:util'

Object.assign(util, { log: () => undefined })
