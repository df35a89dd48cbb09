import type { enRange } from './en-range.ts'

/** The sentences about choosing any time range, in French. */
export const frRange: Readonly<Record<keyof typeof enRange, string>> = {
  'customRange.title': 'Période',
  'customRange.quick': 'En toutes lettres',
  'customRange.quickHint': '-90m, hier, 10:00 à 11:30',
  'customRange.quickAbout':
    'Ou encore il y a 2 h, 2026-01-31 14:05, des secondes Unix ; deux instants séparés par « à ».',
  'customRange.from': 'Du',
  'customRange.to': 'Au',
  'customRange.fromDate': 'Début, date',
  'customRange.fromTime': 'Début, heure',
  'customRange.toDate': 'Fin, date',
  'customRange.toTime': 'Fin, heure',
  'customRange.zone': 'Les heures sont celles de {zone} ({offset}).',
  'customRange.show': 'Afficher',
  'customRange.shows': 'Affiche {span}, soit {length}.',
  'customRange.unreadable':
    '« {text} » n’est pas un instant : écrivez par exemple -90m, hier, 14:05 ou 2026-01-31 14:05.',
  'customRange.unwritten': 'Il manque une date ou une heure.',
  'customRange.backwards': 'La fin ne suit pas le début.',
  'customRange.future': 'Le début est encore à venir.',
  'customRange.old': 'Le début précède l’an 2000 : rien n’était encore enregistré.',
}
