import type { enViews } from './en-views.ts'

/** The sentences about handing on and keeping what a page shows, in French. */
export const frViews: Readonly<Record<keyof typeof enViews, string>> = {
  'views.title': 'Partager, vues enregistrées',
  'views.address': 'Adresse de cette vue',
  'views.copy': 'Copier l’adresse',
  'views.frozen': 'Elle suit le présent. Telle qu’elle est maintenant, pour de bon :',
  'views.copyFrozen': 'Copier l’adresse de cet instant',
  'views.save': 'Enregistrer cette vue pour tous',
  'views.name': 'Nom de la vue',
  'views.nameHint': 'Par exemple « Erreurs de la boutique »',
  'views.doSave': 'Enregistrer',
  'views.replace': 'La remplacer',
  'views.exists':
    'Une vue s’appelle déjà « {name} ». Remplacez-la par celle-ci, ou choisissez un autre nom.',
  'views.saved': '« {name} » est enregistrée.',
  'views.notSaved': 'Non enregistrée : {message}',
  'views.list': 'Vues enregistrées',
  'views.none':
    'Aucune vue n’est encore enregistrée. Une vue garde filtre, ordre, groupes et période sous un nom, pour tous ceux qui utilisent ce serveur.',
  'views.savedBy': '{name}, {time}',
  'views.delete': 'Supprimer « {name} »',
  'views.deleteSure': 'Supprimer « {name} » pour tous ?',
  'views.deleteDo': 'Supprimer ?',
  'views.notDeleted': 'Non supprimée : {message}',
  'views.failed': 'Les vues enregistrées n’ont pas pu être lues : {message}',
  'views.onlyEditors':
    'Les éditeurs et les administrateurs enregistrent les vues ; vous pouvez les ouvrir.',
}
