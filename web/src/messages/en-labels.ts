/** The sentences of the search among labels in English. */
export const enLabels = {
  'labels.title': 'Group by a label',
  'labels.search': 'Part of a label’s name',
  'labels.shown.one': '{count} label',
  'labels.shown.other': '{count} labels',
  'labels.shownOf.one': '{count} of {all} labels: those that part containers best',
  'labels.shownOf.other': '{count} of {all} labels: those that part containers best',
  'labels.name': 'Label',
  'labels.containers': 'Containers',
  'labels.values': 'Values',
  'labels.many': '1,000+',
} as const satisfies Readonly<Record<string, string>>
