import type { LogDelivery } from './log-delivery.ts'

/** For components that run by themselves, such as a source that is checked: nobody takes logs, and none count as delivered. */
export const noLogDelivery: LogDelivery = {
  hasReceiver: false,
  ship: () => ({ packed: Promise.resolve(0), settled: new Promise(() => {}) }),
}
