const signs: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ' ': '␣',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)

/**
 * What is printed on the key, or on each of two: `g c` gives `g` and `c`, `Mod k` gives `⌘` and `K` where keyboards have that, `B` gives
 * `⇧B`, and `Shift ArrowLeft` gives `⇧←`.
 */
export function keyNames(keys: string): readonly string[] {
  if (keys.startsWith('Mod ')) return [isApple ? '⌘' : 'Ctrl', keys.slice(4).toUpperCase()]
  if (keys.startsWith('Shift ')) return [`⇧${keyNames(keys.slice(6)).join('')}`]
  // A capital alone: keyboards print it on the key that gives the small letter.
  if (/^[A-Z]$/.test(keys)) return [`⇧${keys}`]
  const sign = signs[keys]
  return sign === undefined ? keys.split(' ') : [sign]
}
