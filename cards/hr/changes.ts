import type { DefaultsTyped } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { defaultLabel, defaultValue, type TermLimits } from './defaults.card.js';
import { type ContactView, contactName } from './hr-view.js';

type Managers = 'everyone' | 'listed';
/** One thing that an import changes. */
export type OrganisationChange =
  | { readonly kind: 'added' | 'removed' | 'contact'; readonly contact: ContactView }
  | {
      readonly kind: 'default';
      readonly field: keyof DefaultsTyped;
      readonly before: string;
      readonly after: string;
    }
  | { readonly kind: 'managers'; readonly before: Managers; readonly after: Managers }
  | { readonly kind: 'listed'; readonly added: number; readonly removed: number };

export function changeLine(lang: Lang, change: OrganisationChange, limits: readonly TermLimits[]): string {
  const { hr: words } = messagesFor(lang);
  switch (change.kind) {
    case 'added':
      return format(lang, words.changeAdded, { what: contactName(lang, change.contact) });
    case 'removed':
      return format(lang, words.changeRemoved, { what: contactName(lang, change.contact) });
    case 'contact':
      return format(lang, words.changeContact, { what: contactName(lang, change.contact) });
    case 'default': {
      const { field } = change;
      const [before, after] = [change.before, change.after].map((value) => defaultValue(lang, field, value));
      return changed(lang, defaultLabel(lang, field, limits), { before: before ?? '', after: after ?? '' });
    }
    case 'managers': {
      const { managersChoices: choices } = words;
      return changed(lang, words.managersLabel, {
        before: choices[change.before],
        after: choices[change.after],
      });
    }
    case 'listed':
      return format(lang, words.changeListed, { added: change.added, removed: change.removed }).trim();
  }
}

function changed(
  lang: Lang,
  field: string,
  { before, after }: { readonly before: string; readonly after: string },
): string {
  return format(lang, messagesFor(lang).hr.changeField, { field, before, after });
}
