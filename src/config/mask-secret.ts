/** Longest secret of which nothing at all is shown. */
const hiddenLength = 15
const shownLength = 5

/** A secret with all but its last 5 characters masked, as Datadog's agent shows keys; all of it when it is short. */
export function maskSecret(secret: string): string {
  if (secret.length <= hiddenLength) return '********'
  return '*'.repeat(27) + secret.slice(-shownLength)
}

/** An address with the password in front of its host masked: `http://user:********@host`. */
export function maskUrl(text: string): string {
  return text.replace(/(:\/\/[^/?#\s:@]*:)[^/?#\s]*@/g, '$1********@')
}

/** An address, with or without its scheme, that tells nothing of who signs in there: `http://********@proxy:3128`. */
export function maskAddress(text: string): string {
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, '$1********@')
}
