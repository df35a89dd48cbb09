import type { ContainerReading, ContainerReadings } from './container-readings.ts'

/** Finds nothing until a source provides. */
export function createContainerReadings(): ContainerReadings {
  const finders = new Set<(id: string) => ContainerReading | undefined>()
  return {
    find(id) {
      for (const find of finders) {
        const reading = find(id)
        if (reading !== undefined) return reading
      }
      return undefined
    },
    provide(find) {
      finders.add(find)
      return () => finders.delete(find)
    },
  }
}
