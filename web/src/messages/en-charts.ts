/** The sentences of all charts in English. */
export const enCharts = {
  'chart.noReading': 'no reading',
  'chart.soFar': '{time} so far',
  'chart.without': '{time} without {names}',
  'chart.withoutMore.one': '{time} without {names} and {count} more',
  'chart.withoutMore.other': '{time} without {names} and {count} more',
  'chart.partial': 'faint: a part is missing',
  'chart.unfinished': 'The last interval is not over: its values are so far.',
  'chart.perPoint': '{interval} per point',
  'chart.means': 'means of {interval}',
  'chart.every': 'every {interval}',

  'marks.switch': 'Events',
  'marks.show': 'Mark exits with a fault, OOM kills, changes of health and failing checks',
  'marks.cut': 'the newest {count} are marked',
  'marks.failed': 'events could not be read: {message}',
  'marks.none': 'none in this range',
  'marks.of': '{subject}: {event}',
  'marks.more.one': '{event} and {count} more',
  'marks.more.other': '{event} and {count} more',
  'marks.summary.one': '{count} event is marked.',
  'marks.summary.other': '{count} events are marked.',

  'keys.chart': '{title}, over time',
  'keys.hint':
    'Arrows move the cursor, up and down go from event to event, Space begins and ends a zoom',
  'keys.hintBars': 'Arrows move the cursor, Space begins and ends a zoom',
  'keys.begun': 'a span begins here: move on, then press Space to zoom',
} as const satisfies Readonly<Record<string, string>>
