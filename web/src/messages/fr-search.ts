import type { enSearch } from './en-search.ts'

/** The sentences about searches, whatever is searched, in French. */
export const frSearch: Readonly<Record<keyof typeof enSearch, string>> = {
  'search.short': 'Chercher',
  'search.clear': 'Effacer la recherche',
  'search.openQuote': 'Un guillemet s’ouvre ici et n’est jamais refermé.',
  'search.openBracket': 'Une parenthèse s’ouvre ici et n’est jamais refermée.',
  'search.strayBracket': 'Cette parenthèse n’en referme aucune.',
  'search.noValue': 'Il manque une valeur après {key}: juste derrière le deux-points.',
  'search.noTerm': 'Il manque ce que vise {key} : un mot, une phrase ou clé:valeur.',
  'search.fields': 'Champs',
  'search.none': '(aucun)',
  'search.include': 'Seulement {value}',
  'search.exclude': 'Sans {value}',
}
