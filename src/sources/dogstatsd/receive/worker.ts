import { Aggregator } from '../aggregate/aggregator.ts'
import { createMetricRules } from '../rules/create-metric-rules.ts'
import { openCaptureFile } from './capture-file.ts'
import { runWorker } from './run-worker.ts'

await runWorker({
  createAggregation: (parts) =>
    new Aggregator({ ...parts, rules: createMetricRules(parts.settings.rules) }),
  openCapture: openCaptureFile,
})
