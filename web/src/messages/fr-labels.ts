import type { enLabels } from './en-labels.ts'

/** The sentences of the search among labels in French. */
export const frLabels: Readonly<Record<keyof typeof enLabels, string>> = {
  'labels.title': 'Grouper par étiquette',
  'labels.search': 'Une partie du nom de l’étiquette',
  'labels.shown.one': '{count} étiquette',
  'labels.shown.other': '{count} étiquettes',
  'labels.shownOf.one':
    '{count} étiquette sur {all} : celles qui répartissent le mieux les conteneurs',
  'labels.shownOf.other':
    '{count} étiquettes sur {all} : celles qui répartissent le mieux les conteneurs',
  'labels.name': 'Étiquette',
  'labels.containers': 'Conteneurs',
  'labels.values': 'Valeurs',
  'labels.many': '1 000+',
}
