import { type Button, button } from '../actions.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { bare, plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './audit.template.json' with { type: 'json' };

export type AuditData = {
  /** As typed. */
  readonly record: string;
  /** Newest first; null while nothing was looked up. */
  readonly entries: readonly AuditLine[] | null;
};
export type AuditLine = {
  /** As it is to be shown. */
  readonly when: string;
  /** Entra object id; null for what the bot did by itself. */
  readonly who: string | null;
  /** A verb, or `remove` for what its term took. */
  readonly did: string;
};

const fillTemplate = template<{
  title: string;
  intro: string;
  recordLabel: string;
  record: string;
  recordMax: number;
  problem: string;
  look: Button[];
  none: string;
  lines: { text: string }[];
  more: string;
  buttons: Button[];
}>(json);
const RECORD_MAX = 100;
const MOST_SHOWN = 25;

/** Who did what to a record and when; never what stands in it. */
export function auditCard(lang: Lang, { record, entries }: AuditData): Card {
  const { hr: words } = wordsIn(lang);
  const left = (entries ?? []).length - MOST_SHOWN;
  const missing = entries !== null && record === '';
  return fillTemplate(lang, words.auditTitle, {
    title: words.auditTitle,
    intro: words.auditIntro,
    recordLabel: words.auditLabel,
    record,
    recordMax: RECORD_MAX,
    problem: missing ? words.auditMissing : '',
    look: [button(lang, 'hr.audit-look', words.auditLook, {})],
    none: entries !== null && entries.length === 0 && !missing ? words.auditNone : '',
    lines: (entries ?? []).slice(0, MOST_SHOWN).map(({ when, who, did }) => ({
      text: fill(lang, words.auditLine, {
        when,
        who: who === null ? words.auditOwn : bare(who),
        did: isKnown(did, words.auditDid) ? words.auditDid[did] : plain(did),
      }),
    })),
    more: left > 0 ? fill(lang, words.auditMore, { count: left }) : '',
    buttons: [button(lang, 'hr.show', words.back, {}, { withoutInputs: true, secondary: true })],
  });
}

/** A later version of the bot may have done what this one has no words for. */
function isKnown<Did extends string>(did: string, words: Readonly<Record<Did, string>>): did is Did {
  return Object.hasOwn(words, did);
}
