import type { Batch, Item } from '../../src/model/item.ts'
import type { Point } from '../../src/model/series.ts'
import { within } from './environment.ts'

type ItemOf<Kind extends Item['kind']> = Extract<Item, { kind: Kind }>

/** Keeps what a source emits, and wakes who waits for something in it. */
export class Collected {
  readonly batches: Batch[] = []
  #waiting: (() => void)[] = []

  /** To be given to a source. */
  readonly emit = async (batch: Batch): Promise<void> => {
    this.batches.push(batch)
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }

  all<Kind extends Item['kind']>(kind: Kind): readonly ItemOf<Kind>[] {
    return this.batches.flat().filter((item): item is ItemOf<Kind> => item.kind === kind)
  }

  points(metric: string): readonly Point[] {
    return this.all('point').filter(({ series }) => series.metric === metric)
  }

  /** The first item of that kind that fits, once it has come. */
  async first<Kind extends Item['kind']>(
    kind: Kind,
    fits: (item: ItemOf<Kind>) => boolean = () => true,
  ): Promise<ItemOf<Kind>> {
    for (;;) {
      const found = this.all(kind).find(fits)
      if (found) return found
      await this.nextBatch()
    }
  }

  /** @throws {Error} When none comes within five seconds. */
  nextBatch(): Promise<void> {
    return within(
      5000,
      new Promise((resolve) => {
        this.#waiting.push(resolve)
      }),
    )
  }
}
