import { type Button, button, MOST_ITEMS } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import { type AgreementView, requestLine, seenOf } from './agreement-view.js';
import json from './correct-items.template.json' with { type: 'json' };
import { type ItemTyped, itemFields } from './item-fields.js';
import { type Problems, problemsLine } from './problems.js';

export type CorrectItemsData = {
  readonly agreement: AgreementView;
  /** As filled in, each with its id: those on record in their order, and behind them what is new. */
  readonly items: readonly (ItemTyped & { readonly id: string })[];
  readonly problems: Problems;
  /** The notice on top, of what happened meanwhile; empty for none. */
  readonly notice: string;
};

const fillTemplate = template<Record<string, unknown>>(json);

/** What was agreed, to be put right: who does what from when until when, one more, or one less. */
export function correctItemsCard(lang: Lang, { agreement, items, problems, notice }: CorrectItemsData): Card {
  const words = messagesFor(lang).agreement;
  const title = format(lang, words.correctTitle, { name: escapeMarkdown(agreement.memberName) });
  return fillTemplate(lang, notice === '' ? title : `${notice} ${title}`, {
    notice,
    title,
    aim: words.correctAim,
    request: requestLine(lang, agreement),
    problems: problemsLine(lang, problems),
    warning: words.warning,
    items: itemFields(lang, { items, name: agreement.memberName, problems }),
    buttons: buttonsOf(
      lang,
      agreement,
      items.map(({ id }) => id),
    ),
  });
}

function buttonsOf(lang: Lang, agreement: AgreementView, ids: string[]): Button[] {
  const words = messagesFor(lang).agreement;
  const { id } = agreement;
  const seen = { ...seenOf(agreement), ids };
  return [
    button(lang, 'agreement.correct-items', words.save, seen),
    ...(ids.length < MOST_ITEMS ? [button(lang, 'agreement.correct-more', words.more, seen)] : []),
    button(lang, 'agreement.talk', words.correctTalk, seen),
    button(lang, 'agreement.show', words.back, { id }, { withoutInputs: true }),
  ];
}
