import type { enKeys } from './en-keys.ts'

/** The sentences of the list of keys, in French. */
export const frKeys: Readonly<Record<keyof typeof enKeys, string>> = {
  'help.title': 'Raccourcis clavier',
  'help.here': 'Sur cette page',
  'help.everywhere': 'Partout',
  'help.palette': 'Aller, trouver, faire',
  'help.pause': 'Mettre en pause, revenir au direct',
  'help.goContainers': 'Conteneurs',
  'help.goLogs': 'Journaux',
  'help.goEvents': 'Événements',
  'help.goMetrics': 'Métriques',
  'help.goDashboards': 'Tableaux de bord',
  'help.goAgents': 'Agents',
  'help.help': 'Cette liste',
  'help.filter': 'Filtrer',
  'help.search': 'Chercher',
  'help.rows': 'Ligne suivante, ligne précédente',
  'help.open': 'Ouvrir la ligne',
  'help.leave': 'Sortir du filtre',
  'help.map': 'Tableau, carte',
  'help.past': 'Barre de temps : le tableau au passé',
  'help.pastSecond': 'Une seconde en arrière, en avant',
  'help.pastMinute': 'Une minute en arrière, en avant',
  'help.pastPlay': 'Lire, arrêter',
  'help.leavePast': 'Revenir au présent ; sortir du filtre',
  'help.back': 'Dézoomer, puis revenir',
  'help.zoomOut': 'Fermer ce qui est ouvert, dézoomer',
  'help.shift': 'Reculer, avancer d’une moitié, sur la période',
  'help.fillWidget': 'Un seul widget, et retour',

  'help.charts': 'Sur un graphique, que l’on atteint par Tab',
  'help.chartMove': 'Un relevé en arrière, en avant',
  'help.chartLeap': 'Dix relevés en arrière, en avant',
  'help.chartEnds': 'Premier, dernier relevé',
  'help.chartSpan': 'Commencer un intervalle, puis zoomer dessus',
  'help.chartEvent': 'Événement précédent, suivant',
  'help.chartOpen': 'Ouvrir l’événement',

  'help.grammar': 'Ce que comprend le filtre des conteneurs',
  'help.grammarWord':
    'partie d’un nom, d’une image, d’un service, d’un projet, d’un hôte ou d’un identifiant',
  'help.grammarKey':
    'un champ ou un tag du conteneur le contient ; * remplace n’importe quoi, := veut l’égalité',
  'help.grammarLabel':
    'une étiquette le contient ; label."a b:c":… si son nom a des espaces ou des deux-points',
  'help.grammarNot': 'écarte ce qui correspond',
  'help.grammarNumber':
    'compare ; de même mem, netin, netout, read, write, threads, restarts, uptime',
  'help.grammarQuote': 'garde les mots ensemble',
  'help.logGrammar': 'Ce que comprend une recherche dans les journaux',
  'help.logWords': 'les lignes qui contiennent tous ces mots et expressions',
  'help.logKey': 'un champ a l’une de ces valeurs ; de même container, service, host et tout tag',
  'help.logNumber': 'compare un attribut ; de même [500 TO 599]',
  'help.logRegex': 'une expression régulière ; i confond majuscules et minuscules',
}
