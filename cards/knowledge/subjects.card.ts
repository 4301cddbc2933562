import { type Button, button } from '../actions.js';
import { SUBJECT_GROUPS } from '../content/subjects.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Fold, fold } from '../fold.js';
import { type Card, template } from '../render.js';
import { type Row, subjectRow } from './rows.js';
import json from './subjects.template.json' with { type: 'json' };

/** So many subjects of a group are named before it is opened. */
const NAMED = 2;
const fillTemplate = template<{
  title: string;
  intro: string;
  groups: { id: string; title: string; about: string; open: Fold; rows: Row[] }[];
  buttons: Button[];
}>(json);

/**
 * Everything there is to read, by subject. The groups fold out: some sixty subjects are four screens of a phone, and nobody
 * reads them all to find one.
 */
export function subjectsCard(lang: Lang): Card {
  const { knowledge, menu } = messagesFor(lang);
  return fillTemplate(lang, knowledge.subjectsTitle, {
    title: knowledge.subjectsTitle,
    intro: knowledge.subjectsIntro,
    groups: SUBJECT_GROUPS.map(({ id, subjects }) => {
      const title = knowledge.groups[id as keyof typeof knowledge.groups];
      const rows = subjects
        .filter(({ under }) => under === undefined)
        .map((subject) => subjectRow(lang, subject));
      return {
        id: `group-${id}`,
        title,
        about: aboutGroup(lang, rows),
        open: fold(format(lang, knowledge.openGroup, { title }), `group-${id}`),
        rows,
      };
    }),
    buttons: [
      button(lang, 'menu.show', menu.menu, {}),
      button(lang, 'privacy.show', menu.privacy, {}),
      button(lang, 'settings.show', menu.settings, {}),
    ],
  });
}

/** The first of its subjects by name, and how many there are beside them. */
function aboutGroup(lang: Lang, rows: readonly Row[]): string {
  const named = rows.slice(0, NAMED).map(({ name }) => name);
  const { groupAbout } = messagesFor(lang).knowledge;
  return format(lang, groupAbout, { names: named.join(', '), more: rows.length - named.length });
}
