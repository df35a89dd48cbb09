// oxlint-disable no-control-regex -- these signs are what it is about
const colour = /\u001B\[[\d;]*m/g
const otherSequence =
  /\u001B(?:\[[\d;?<=>]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_])/g
const control = /[\0-\u0008\u000B-\u001F\u007F-\u009F]/g

/** A text without colours, and with nothing in it that a terminal would obey. */
export function toPlainText(text: string): string {
  return text.replaceAll(colour, '').replaceAll(otherSequence, '').replaceAll(control, '')
}

/** A text with its colours, which end with it, and with nothing else in it that a terminal would obey. */
export function toColouredText(text: string): string {
  if (!text.includes('\u001B')) return text.replaceAll(control, '')
  const pieces = text.split(colour).map(toPlainText)
  const colours = text.match(colour) ?? []
  return `${pieces.map((piece, index) => piece + (colours[index] ?? '')).join('')}\u001B[0m`
}
