import { toPlainText } from './plain-text.ts'

/** Signs that turn the direction of what follows, and lines and paragraphs of their own. */
const layoutSigns = /[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g
const gaps = /[\t\n]+/g

/** One line of text that may stand in a screen: nothing in it moves the cursor, colours it or turns its direction. */
export function toScreenText(text: string): string {
  return toPlainText(text.replaceAll(gaps, ' ')).replaceAll(layoutSigns, '').toWellFormed()
}
