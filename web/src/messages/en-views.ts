/** The sentences about handing on and keeping what a page shows, in English. */
export const enViews = {
  'views.title': 'Share and saved views',
  'views.address': 'Address of this view',
  'views.copy': 'Copy the address',
  'views.frozen': 'It goes on with the present. As it is now, for good:',
  'views.copyFrozen': 'Copy the address of this moment',
  'views.save': 'Save this view for everyone',
  'views.name': 'Name of the view',
  'views.nameHint': 'Such as “Errors of the shop”',
  'views.doSave': 'Save',
  'views.replace': 'Replace it',
  'views.exists':
    'There is a view called “{name}”. Replace it with this one, or choose another name.',
  'views.saved': '“{name}” is saved.',
  'views.notSaved': 'Not saved: {message}',
  'views.list': 'Saved views',
  'views.none':
    'No view is saved yet. One that is keeps filter, order, groups and time range under a name, for all who use this server.',
  'views.savedBy': '{name}, {time}',
  'views.delete': 'Delete “{name}”',
  'views.deleteSure': 'Delete “{name}” for everyone?',
  'views.deleteDo': 'Delete?',
  'views.notDeleted': 'Not deleted: {message}',
  'views.failed': 'The saved views could not be read: {message}',
  'views.onlyEditors': 'Views are saved by editors and admins; you can open them.',
} as const satisfies Readonly<Record<string, string>>
