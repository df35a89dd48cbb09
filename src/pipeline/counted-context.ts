import type { SourceContext } from '../component/source.ts'

/** The context for the source `name`: the same, but what it emits is counted for it. */
export function countedContext(name: string, context: SourceContext): SourceContext {
  const { telemetry, emit } = context
  return {
    ...context,
    emit(batch) {
      telemetry.countEmitted(name, batch)
      return emit(batch)
    },
  }
}
