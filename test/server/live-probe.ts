import assert from 'node:assert/strict'
import type { Inventory } from '../../src/model/container.ts'
import type { LiveContainer } from '../../src/store/live-container.ts'
import { liveFigureNames } from '../../src/store/live-figures.ts'
import { LiveTable, type LiveTableOptions, type LiveTarget } from '../../src/store/live-table.ts'
import { storedSeries } from '../../src/store/series-registry.ts'
import { sampleContainer } from './open-test-server.ts'

/** The host's one container, unless a test says otherwise. */
export const web = sampleContainer('a')

/** A live table with a clock of its own and short ways to feed it. */
export class LiveProbe {
  readonly startMs = 1_790_000_000_000
  nowMs = this.startMs
  readonly table: LiveTable

  constructor(options: Partial<LiveTableOptions> = {}) {
    this.table = new LiveTable({ clock: () => this.nowMs, ...options })
  }

  follow(
    metric: string,
    tags: readonly string[] = [`container_id:${web.id}`],
    intervalS = 1,
  ): LiveTarget {
    return this.table.follow(storedSeries({ metric, kind: 'gauge', host: 'h', tags, intervalS }))
  }

  /** Records one value for each target at a second, counted from the start. */
  record(second: number, values: readonly (readonly [LiveTarget, number])[]): void {
    this.table.record(
      values.map(([target]) => target),
      {
        timesMs: Float64Array.from(values, () => this.startMs + second * 1000),
        values: Float64Array.from(values, ([, value]) => value),
      },
    )
  }

  /** A full inventory of host `h` with one container, changed as given. */
  tell(change: Partial<Inventory> = {}): void {
    this.table.applyInventory({
      kind: 'inventory',
      host: 'h',
      timeMs: this.nowMs,
      isFull: true,
      containers: [web],
      removedIds: [],
      ...change,
    })
  }

  figure(name: (typeof liveFigureNames)[number]): number | null | undefined {
    return this.find(web.id).figures[liveFigureNames.indexOf(name)]
  }

  find(id: string): LiveContainer {
    const container = this.table.container(id)
    assert.ok(container)
    return container
  }

  /** `name state` of all containers. */
  states(): string[] {
    return this.table.containers().map(({ container }) => `${container.name} ${container.state}`)
  }
}
