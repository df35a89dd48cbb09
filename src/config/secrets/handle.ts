/**
 * The handle in `ENC[handle]`, which stands for a value that is kept elsewhere; `undefined` for every other text.
 * @see comp/core/secrets/utils/utils.go of the Datadog Agent, `IsEnc`
 */
export function readHandle(text: string): string | undefined {
  return /^[ \t]*ENC\[(.*)\][ \t]*$/s.exec(text)?.[1]
}
