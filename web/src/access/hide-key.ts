/** Keys of this server are one word of this many signs or more. */
const shortestKey = /[\w-]{16,}/g
const hidden = '••••••••'

/** A text with its key, of which the end is known, made unreadable but for that end. */
export function hideKey(text: string, keyEnd: string): string {
  return text.replaceAll(shortestKey, (word) =>
    word.endsWith(keyEnd) ? `${hidden}${keyEnd}` : word,
  )
}
