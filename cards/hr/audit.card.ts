import { type Button, button } from '../actions.js';
import { format, type Lang, type Messages, messagesFor } from '../content/words.js';
import { escapeMarkdown, stripMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './audit.template.json' with { type: 'json' };

export type AuditData = {
  /** As typed. */
  readonly record: string;
  readonly found: AuditFound;
};
/** Nothing was looked up yet, no number was given, one that is none of a record, or what there is under it. */
export type AuditFound =
  | { readonly kind: 'asked' | 'missing' | 'refused' }
  /** By the manager whose record it is, each the newest first. */
  | {
      readonly kind: 'entries';
      readonly groups: readonly (readonly AuditLine[])[];
      /** It is what HR changed of the organisation, for which nobody typed a number. */
      readonly own?: boolean;
    };
export type AuditLine = {
  /** As it is to be shown. */
  readonly when: string;
  /** As what somebody did it. */
  readonly role: keyof Messages['hr']['auditRole'];
  /** Entra object id, of somebody of HR who changed what is the organisation's; null where who it was is not shown. */
  readonly who: string | null;
  /** A verb, or `remove` for what its term took. */
  readonly did: string;
};

type Line = { text: string; weight: string };
const fillTemplate = template<{
  title: string;
  intro: string;
  recordLabel: string;
  record: string;
  problem: string;
  look: Button[];
  none: string;
  lines: Line[];
  more: string;
  buttons: Button[];
}>(json);
/** A number of a record is shorter; what was pasted by mistake must not make the card too large. */
const SHOWN_AGAIN_MAX = 1_000;
const MOST_SHOWN = 25;

/** What was done to a record, when and as what; never what stands in it, and never by whom of those it is about. */
export function auditCard(lang: Lang, { record, found }: AuditData): Card {
  const { hr: words } = messagesFor(lang);
  const groups = found.kind === 'entries' ? found.groups : [];
  const all = groups.reduce((sum, group) => sum + group.length, 0);
  const problems = { missing: words.auditMissing, refused: words.auditRefused };
  return fillTemplate(lang, words.auditTitle, {
    title: words.auditTitle,
    intro: words.auditIntro,
    recordLabel: words.auditLabel,
    record: record.slice(0, SHOWN_AGAIN_MAX),
    problem: found.kind === 'missing' || found.kind === 'refused' ? problems[found.kind] : '',
    look: [button(lang, 'hr.audit-look', words.auditLook, {})],
    none:
      found.kind !== 'entries' || all > 0 ? '' : found.own === true ? words.auditOwnNone : words.auditNone,
    lines: linesOf(lang, groups),
    more: all > MOST_SHOWN ? format(lang, words.auditMore, { count: all - MOST_SHOWN }) : '',
    buttons: [
      button(lang, 'hr.audit-own', words.auditOwn, {}, { withoutInputs: true }),
      button(lang, 'hr.show', words.back, {}, { withoutInputs: true, secondary: true }),
    ],
  });
}

/** Under a heading for each manager where there are several; which managers they are is not said. */
function linesOf(lang: Lang, groups: readonly (readonly AuditLine[])[]): Line[] {
  const { hr: words } = messagesFor(lang);
  let left = MOST_SHOWN;
  return groups.flatMap((group, at) => {
    const shown = group.slice(0, left);
    left -= shown.length;
    const heading = { text: format(lang, words.auditGroup, { number: at + 1 }), weight: 'Bolder' };
    return [
      ...(groups.length > 1 && shown.length > 0 ? [heading] : []),
      ...shown.map((line) => ({ text: lineOf(lang, line), weight: 'Default' })),
    ];
  });
}

function lineOf(lang: Lang, { when, role, who, did }: AuditLine): string {
  const { hr: words } = messagesFor(lang);
  const as = words.auditRole[role];
  return format(lang, words.auditLine, {
    when,
    who: who === null ? as : format(lang, words.auditWho, { role: as, who: stripMarkdown(who) }),
    did: isKnown(did, words.auditDid) ? words.auditDid[did] : escapeMarkdown(did),
  });
}

/** A later version of the bot may have done what this one has no words for. */
function isKnown<Did extends string>(did: string, words: Readonly<Record<Did, string>>): did is Did {
  return Object.hasOwn(words, did);
}
