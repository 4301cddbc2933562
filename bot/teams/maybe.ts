import { type DangerKind, HELP_LANGS, type HelpLang } from '../../cards/crisis/danger-kinds.js';
import { maybeCard, maybeLine, withMaybeLine } from '../../cards/crisis/maybe.js';
import { spokenLine, withSpokenLine } from '../../cards/crisis/spoken-line.js';
import type { Card } from '../../cards/render.js';
import type { Danger } from '../nlu/danger/danger.js';
import { type Reply, showBeside } from '../reply.js';

/** The language of help: that of the words where the bot speaks it only here, else the one that it speaks with them. */
export function helpLangOf({ lang }: Danger, spoken: () => HelpLang): HelpLang {
  const isOnlyHere = lang !== null && HELP_LANGS.indexOf(lang) > HELP_LANGS.indexOf('en');
  return isOnlyHere ? lang : spoken();
}

/** The answer that was asked for, whatever it is, with one line of help first. */
export function withHelpFirst(reply: Reply, lang: HelpLang, kind: DangerKind): Reply {
  if (reply.kind === 'nothing') return showBeside(maybeCard(lang, kind));
  return withFirst(reply, (card) => withMaybeLine(card, lang, kind), maybeLine(lang, kind));
}

/** The answer to somebody who wrote in a language in which the bot speaks of help only. */
export function withSpokenFirst(reply: Reply, lang: HelpLang): Reply {
  return withFirst(reply, (card) => withSpokenLine(card, lang), spokenLine(lang));
}

function withFirst(reply: Reply, first: (card: Card) => Card, line: string): Reply {
  switch (reply.kind) {
    case 'card':
    case 'beside':
      return { ...reply, card: first(reply.card) };
    case 'offer':
      return { ...reply, card: first(reply.card), otherwise: first(reply.otherwise) };
    case 'file':
    case 'told':
    case 'refused':
      return { ...reply, message: `${line}\n\n${reply.message}` };
    case 'nothing':
      return reply;
  }
}
