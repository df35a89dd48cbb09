import type { Batch } from '../model/item.ts'

/** Takes all that comes, and does nothing with it. */
export async function drain(input: AsyncIterable<Batch>): Promise<void> {
  const batches = input[Symbol.asyncIterator]()
  while ((await batches.next()).done !== true);
}
