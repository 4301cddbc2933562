/** An object id or tenant id of Entra, in lower case as the tables hold it. */
const ENTRA_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

export function isEntraId(text: string): boolean {
  return ENTRA_ID.exec(text)?.[0].length === text.length;
}

/** Whether there is one anywhere in a text, in whatever case. */
export function holdsEntraId(text: string): boolean {
  return ENTRA_ID.test(text.toLowerCase());
}
