import { enPalette } from './en-palette.ts'
import { frPalette } from './fr-palette.ts'
import { extendMessages, type MessageKey, type Speaker } from './message.ts'

/** The name of a sentence that the palette may say. */
export type PaletteMessageKey = MessageKey | keyof typeof enPalette

/** Says the sentences of the palette, and those of every page. */
export const { say, sayCount }: Speaker<PaletteMessageKey> = extendMessages({
  en: enPalette,
  fr: frPalette,
})
