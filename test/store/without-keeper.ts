/**
 * A statement for a cluster as one host can run it that has no Keeper: nothing is told to other hosts or replicated. All
 * else stays, also what is distributed.
 */
export function withoutKeeper(statement: string): string {
  return statement
    .replace(/ ON CLUSTER (?:`[^`]*`|\w+)/, '')
    .replace(
      /\bReplicated(\w*MergeTree)\('[^']*', '\{replica\}'(?:, ([^)]*))?\)/,
      (_all, family: string, own: string | undefined) => `${family}(${own ?? ''})`,
    )
}
