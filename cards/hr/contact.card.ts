import { button, type ContactTyped } from '../actions.js';
import { choicesOf } from '../choices.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import json from './contact.template.json' with { type: 'json' };
import { type ContactView, contactName, type HrProblems, hrProblem, reachLine } from './hr-view.js';

export type ContactFormData = {
  readonly id: string;
  readonly etag: string;
  readonly isNew: boolean;
  readonly typed: ContactTyped;
  readonly problems: HrProblems;
  /** A conflicting write by somebody else: the current values, null when it was deleted. */
  readonly conflict: { readonly now: ContactView | null } | null;
};

const fillTemplate = template<Record<string, unknown>>(json);
const FIELDS = ['kind', 'name', 'phone', 'mail', 'link', 'hours'] as const;

/** One of the organisation's own people to turn to: how to reach them, and when. */
export function contactFormCard(lang: Lang, data: ContactFormData): Card {
  const { hr: words } = messagesFor(lang);
  const { id, etag, isNew, typed, problems, conflict } = data;
  const wrong = Object.values(problems).some((one) => one !== undefined);
  const title = isNew ? words.contactAddTitle : words.contactChangeTitle;
  const common = FIELDS.flatMap((field) => [
    [field, typed[field]],
    [`${field}Label`, words[`${field}Label`]],
    [`${field}Problem`, hrProblem(lang, problems[field])],
  ]);
  return fillTemplate(lang, title, {
    ...Object.fromEntries(common),
    title,
    intro: words.contactIntro,
    alert: wrong ? words.problemsTitle : conflict === null ? '' : words.conflict,
    now: conflict === null ? '' : nowLine(lang, conflict.now),
    kinds: choicesOf(words.kinds),
    kindMissing: words.problem.kindMissing,
    nameMissing: words.problem.nameMissing,
    phoneHint: words.phoneHint,
    linkHint: words.linkHint,
    hoursHint: words.hoursHint,
    buttons: [
      button(lang, 'hr.contact-save', words.save, { id, etag }),
      ...(isNew
        ? []
        : [button(lang, 'hr.contact-remove', words.remove, { id, etag }, { withoutInputs: true })]),
      button(lang, 'hr.contacts', words.contactsTitle, { page: 0 }, { withoutInputs: true, secondary: true }),
    ],
  });
}

function nowLine(lang: Lang, now: ContactView | null): string {
  const { hr: words } = messagesFor(lang);
  if (now === null) return words.contactNowGone;
  return format(lang, words.contactNow, { now: [contactName(lang, now), reachLine(now)].join(' · ') });
}
