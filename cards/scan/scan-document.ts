import { CHARACTERISTICS, type Characteristic, pieceOf } from '../content/characteristics.js';
import { pieceWords } from '../content/pieces.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { longDay } from '../dates.js';
import { type Block, type Document, heading, item, text } from '../document.js';
import { oneLine } from '../plain.js';
import { sourceLine } from '../source.js';
import { aspectsOf, characteristicTitle } from './answer.card.js';
import { agenda, measuresFor } from './meet.card.js';
import { groupsLine, meanLine, type OutcomeView } from './outcome.card.js';

/** The list to fill in on paper, for teams that are too small for a scan or would rather talk. */
export function paperDocument(lang: Lang): Document {
  const { document: words, source } = messagesFor(lang).scan;
  const lines = (title: string, count: number): Block[] => [
    heading(title),
    ...Array.from({ length: count }, (_, at) => text(format(lang, words.paperLine, { number: at + 1 }))),
  ];
  return {
    lang,
    title: words.paperTitle,
    blocks: [
      text(words.paperIntro),
      ...CHARACTERISTICS.flatMap((id, at): Block[] => [
        { kind: 'heading', level: 3, text: `${at + 1}. ${characteristicTitle(lang, id)}` },
        ...aspectsOf(lang, id).map(item),
        text(words.paperFigure),
      ]),
      ...lines(words.paperBest, 1),
      ...lines(words.paperTop, 3),
      ...lines(words.paperMissing, 1),
      text(words.paperShare),
      text(sourceLine(lang, source)),
    ],
  };
}

/** The outcome for the meeting: the same figures as the card, what one may notice, what can help, and the agenda. */
export function outcomeDocument(
  lang: Lang,
  { name, outcome }: Pick<OutcomeView, 'name' | 'outcome'>,
  day: string,
): Document {
  const { document: words, outcome: told, source } = messagesFor(lang).scan;
  return {
    lang,
    title: format(lang, told.title, { name: oneLine(name) }),
    blocks: [
      text(format(lang, words.made, { day: longDay(lang, day) })),
      text(format(lang, told.answered, { count: outcome.answered })),
      text(told.note),
      ...outcome.rows.flatMap(({ id, mean, groups, top }): Block[] => {
        const spread = groupsLine(lang, groups);
        return [
          heading(characteristicTitle(lang, id)),
          text(meanLine(lang, mean)),
          ...(spread === '' ? [] : [text(spread)]),
          ...(top === null ? [] : [text(format(lang, told.top, { place: top }))]),
          ...listOf(lang, { id, kind: 'notice', title: words.notice }),
          ...listOf(lang, { id, kind: 'improve', title: words.improve }),
          { kind: 'heading', level: 3, text: words.help },
          ...measuresFor(lang, id).map(({ title, reason }) => item(`${title}: ${reason}`)),
        ];
      }),
      heading(words.agenda),
      ...agenda(lang).map(({ time, title, short }) => item(`${time}: ${title}. ${short}`)),
      text(sourceLine(lang, source)),
    ],
  };
}

function listOf(
  lang: Lang,
  { id, kind, title }: { readonly id: Characteristic; readonly kind: string; readonly title: string },
): Block[] {
  const list = pieceWords(lang, pieceOf(id)).parts.find((part) => part.kind === kind)?.list ?? [];
  return [{ kind: 'heading', level: 3, text: title }, ...list.map(item)];
}
