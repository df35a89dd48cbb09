/** What is said, by its names. */
type Sentences = Readonly<Record<string, string>>

const noBreak = '\u00a0'
const narrowNoBreak = '\u202f'

/**
 * French sentences with the spaces that no line may break at: a narrow one before `;`, `?` and `!`, a full one before `:`, inside
 * guillemets and between a figure and its unit. The tables are written with ordinary ones, which an editor shows.
 * @see Lexique des règles typographiques en usage à l’Imprimerie nationale, "Ponctuation"
 */
export function setSpaces(table: Sentences): Sentences {
  const set = Object.entries(table).map(([key, sentence]) => [key, setSentence(sentence)] as const)
  return Object.fromEntries(set)
}

function setSentence(sentence: string): string {
  return sentence
    .replaceAll(/ (?=[;?!])/g, narrowNoBreak)
    .replaceAll(/ (?=[:»])|(?<=«) |(?<=[\d}]) (?=(?:[%sjh]|min|sem)(?![\p{L}\d]))/gu, noBreak)
}
