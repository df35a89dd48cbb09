import type { Intake } from './intake.ts'

/**
 * Stores the containers of a host that have changed since the last time. Those that a busy store refuses stay unstored and
 * go along the next time.
 * @throws {StoreBusyError} When the store cannot take them now.
 */
export async function storeContainers(intake: Intake, host: string): Promise<void> {
  const { records, confirm } = intake.live.unstored(host)
  if (records.length === 0) return
  await intake.store.write({ containers: records })
  intake.counts.add('container_records', records.length)
  confirm()
}
