import { type Button, button } from '../actions.js';
import { SUBJECT_GROUPS } from '../content/subjects.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { type Row, subjectRow } from './rows.js';
import json from './subjects.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  intro: string;
  groups: { title: string; rows: Row[] }[];
  buttons: Button[];
}>(json);

/** Everything there is to read, by subject: each piece is two presses from here. */
export function subjectsCard(lang: Lang): Card {
  const { knowledge, menu } = messagesFor(lang);
  return fillTemplate(lang, knowledge.subjectsTitle, {
    title: knowledge.subjectsTitle,
    intro: knowledge.subjectsIntro,
    groups: SUBJECT_GROUPS.map(({ id, subjects }) => ({
      title: knowledge.groups[id as keyof typeof knowledge.groups],
      rows: subjects.filter(({ under }) => under === undefined).map((subject) => subjectRow(lang, subject)),
    })),
    buttons: [
      button(lang, 'menu.show', menu.menu, {}),
      button(lang, 'privacy.show', menu.privacy, {}),
      button(lang, 'settings.show', menu.settings, {}),
    ],
  });
}
