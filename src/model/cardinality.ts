/** How many values the tags of a container may have over time: `high` has one for each container. */
export type Cardinality = 'none' | 'low' | 'orchestrator' | 'high'
