import type { JsonObject } from '../json-fields.ts'
import { group } from './datadog-widgets.ts'
import { containerWidgets, nowWidgets } from './docker-containers.ts'
import { cpuWidgets, memoryWidgets } from './docker-cpu-memory.ts'
import { happeningWidgets, imageWidgets, trafficWidgets } from './docker-traffic.ts'

/** The Docker dashboard, in Datadog's format: what somebody on call looks at first comes first. */
export const dockerDashboard: JsonObject = {
  title: 'Docker',
  description:
    'All containers of all hosts: how many run, what uses CPU, memory, network and disks, what is held back, and what happened.',
  layout_type: 'ordered',
  reflow_type: 'fixed',
  template_variables: [
    { name: 'host', prefix: 'host', available_values: [], default: '*' },
    { name: 'image', prefix: 'short_image', available_values: [], default: '*' },
    { name: 'container_name', prefix: 'container_name', available_values: [], default: '*' },
  ],
  widgets: [
    group([0, 3], 'Now', nowWidgets),
    group([3, 4], 'Containers', containerWidgets),
    group([7, 7], 'CPU', cpuWidgets),
    group([14, 10], 'Memory', memoryWidgets),
    group([24, 7], 'Network and disks', trafficWidgets),
    group([31, 6], 'What happened', happeningWidgets),
    group([37, 4], 'Images', imageWidgets),
  ],
}
