/** Where the server keeps saved views. */
export const viewsPath = '/api/views'
