import type { enCharts } from './en-charts.ts'

/** The sentences of all charts in French. */
export const frCharts: Readonly<Record<keyof typeof enCharts, string>> = {
  'chart.noReading': 'aucun relevé',
  'chart.soFar': '{time}, en cours',
  'chart.without': '{time}, sans {names}',
  'chart.withoutMore.one': '{time}, sans {names} et {count} autre',
  'chart.withoutMore.other': '{time}, sans {names} et {count} autres',
  'chart.partial': 'en pâle : il manque une partie',
  'chart.unfinished': 'Le dernier intervalle n’est pas terminé : ses valeurs sont provisoires.',
  'chart.perPoint': '{interval} par point',
  'chart.means': 'moyennes sur {interval}',
  'chart.every': 'toutes les {interval}',

  'marks.switch': 'Événements',
  'marks.show':
    'Marquer les fins en erreur, les arrêts OOM, les changements de santé et les contrôles en échec',
  'marks.cut': 'les {count} plus récents sont marqués',
  'marks.failed': 'événements illisibles : {message}',
  'marks.none': 'aucun sur cette période',
  'marks.of': '{subject} : {event}',
  'marks.more.one': '{event} et {count} autre',
  'marks.more.other': '{event} et {count} autres',
  'marks.summary.one': '{count} événement est marqué.',
  'marks.summary.other': '{count} événements sont marqués.',

  'keys.chart': '{title}, dans le temps',
  'keys.hint':
    'Les flèches déplacent le curseur, haut et bas vont d’un événement à l’autre, Espace commence et termine un zoom',
  'keys.hintBars': 'Les flèches déplacent le curseur, Espace commence et termine un zoom',
  'keys.begun': 'un intervalle commence ici : déplacez le curseur, puis Espace pour zoomer',
}
