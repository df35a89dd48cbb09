/** The sentences about choosing any time range, in English. */
export const enRange = {
  'customRange.title': 'Time range',
  'customRange.quick': 'In words',
  'customRange.quickHint': '-90m, yesterday, 10:00 to 11:30',
  'customRange.quickAbout':
    'Also 2 h ago, 2026-01-31 14:05, Unix seconds; two of them with “to” between.',
  'customRange.from': 'From',
  'customRange.to': 'To',
  'customRange.fromDate': 'From, date',
  'customRange.fromTime': 'From, time',
  'customRange.toDate': 'To, date',
  'customRange.toTime': 'To, time',
  'customRange.zone': 'Times are those of {zone} ({offset}).',
  'customRange.show': 'Show',
  'customRange.shows': 'Shows {span}: {length}.',
  'customRange.unreadable':
    '“{text}” is no time: write for example -90m, yesterday, 14:05 or 2026-01-31 14:05.',
  'customRange.unwritten': 'A date or a time is missing.',
  'customRange.backwards': 'The end is not after the start.',
  'customRange.future': 'The start has yet to come.',
  'customRange.old': 'The start is before the year 2000, when nothing was recorded.',
} as const satisfies Readonly<Record<string, string>>
