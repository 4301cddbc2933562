import contacts from './contacts.json' with { type: 'json' };

/** Somewhere to turn to. Numbers and links live here once; names, hours and costs in each language. */
export type Contact = {
  readonly id: string;
  readonly kind: string;
  /** As it is shown. */
  readonly phone: string | null;
  /** As it is dialled, a `tel:` address. */
  readonly tel: string | null;
  readonly link: string | null;
  /** Day and night. */
  readonly always: boolean;
  /** Its own page, or the law or guide for what an organisation has itself; never a newspaper about it. */
  readonly source: string;
  /** Day on which that very page is known to have been read, null where nobody is known to have: no day is shown then. */
  readonly checked: string | null;
  /** Stored copies of pages that number and hours were compared with, on which day, and what none of them told. */
  readonly compared?: {
    readonly on: string;
    readonly with: readonly string[];
    readonly unconfirmed: readonly string[];
  };
};

export const CONTACTS: readonly Contact[] = contacts;

export function contact(id: string): Contact {
  const found = CONTACTS.find((one) => one.id === id);
  if (found === undefined) throw new RangeError(`no contact ${id}`);
  return found;
}
