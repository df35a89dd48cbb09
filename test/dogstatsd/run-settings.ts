import type { DogstatsdSettings } from '../../src/component/dogstatsd-settings.ts'
import { dogstatsdDefaults } from '../agent/dogstatsd-settings.ts'
import { namePrefixes } from './random-datagrams.ts'

const { listen, limits, origin, rules } = dogstatsdDefaults

/** Settings in which everything is in use that the aggregation knows of. */
export const allInUse: DogstatsdSettings = {
  ...dogstatsdDefaults,
  listen: { ...listen, lineEndRequired: ['uds-stream'] },
  limits: { ...limits, histogramSamples: 40 },
  histogram: {
    aggregates: ['min', 'max', 'median', 'avg', 'sum', 'count'],
    percentiles: [0.5, 0.95, 0.99, 1],
    copyToDistributionPrefix: 'all.',
  },
  counterExpiryS: 60,
  origin: { ...origin, isDetected: true, isToldByClient: true },
  rules: {
    ...rules,
    namespace: 'shop.',
    namespaceExempt: ['app'],
    blocklist: [`shop.${namePrefixes.blocked}`],
    isBlocklistPrefix: true,
    mapperProfiles: [
      {
        name: 'jobs',
        prefix: namePrefixes.mapped,
        mappings: [
          {
            match: `${namePrefixes.mapped}*.run`,
            matchType: 'wildcard',
            name: 'job.run',
            tags: { job: '$1' },
          },
        ],
      },
    ],
  },
}

/** Settings in which nothing is looked at that need not be, and contexts and members soon have no room. */
export const littleRoom: DogstatsdSettings = {
  ...dogstatsdDefaults,
  limits: { ...limits, contexts: 150, setMembers: 200 },
  hasNoAggregationPipeline: false,
  counterExpiryS: 30,
  origin: { ...origin, isDetected: false, isToldByClient: false },
}
