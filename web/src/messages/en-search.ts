/** The sentences about searches, whatever is searched, in English. */
export const enSearch = {
  'search.short': 'Search',
  'search.clear': 'Clear the search',
  'search.openQuote': 'A quotation mark is opened here and never closed.',
  'search.openBracket': 'A bracket is opened here and never closed.',
  'search.strayBracket': 'This bracket closes none that is open.',
  'search.noValue': 'A value is missing after {key}: right behind the colon.',
  'search.noTerm': 'What belongs to {key} is missing: a word, a phrase or key:value.',
  'search.fields': 'Fields',
  'search.none': '(none)',
  'search.include': 'Only {value}',
  'search.exclude': 'Without {value}',
} as const satisfies Readonly<Record<string, string>>
