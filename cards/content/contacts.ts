import contacts from './contacts.json' with { type: 'json' };

/** Somewhere to turn to. Numbers, links and how sure they are live here once; names and hours in each language. */
export type Contact = {
  readonly id: string;
  readonly kind: string;
  /** As it is shown. */
  readonly phone: string | null;
  /** As it is dialled, a `tel:` address. */
  readonly tel: string | null;
  readonly link: string | null;
  readonly confidence: string;
  /** Day on which it was last checked. */
  readonly checked: string;
};

export const CONTACTS: readonly Contact[] = contacts;

export function contact(id: string): Contact {
  const found = CONTACTS.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`no contact ${id}`);
  return found;
}
