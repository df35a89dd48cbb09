import type { MetricDescription } from './metric-description.ts'

/** Metrics of the source `agent`: what watching costs. */
export const agentMetrics: readonly MetricDescription[] = [
  {
    name: 'vigie.agent.cpu.usage',
    unit: '% of a core',
    about: 'CPU that the agent itself uses, over the last ten seconds.',
    formula: 'Δ user and system time of its process',
    tagSet: 'none',
  },
  {
    name: 'vigie.agent.mem.rss',
    unit: 'B',
    about: 'Memory that the agent itself holds.',
    formula: 'resident set of its process',
    tagSet: 'none',
  },
]
