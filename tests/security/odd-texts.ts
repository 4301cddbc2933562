import type { Turn } from '../support/teams/teams.js';
import { cardsOf } from '../support/teams/teams-card.js';

/** What somebody may type or put into a payload by hand, who means harm or only copies from elsewhere. */
export const ODD_TEXTS: readonly string[] = [
  '',
  '   ',
  '**Roos** _vet_ `code` ~~weg~~ # kop',
  '- Roos',
  '[Roos](javascript:alert(1))',
  '[Roos](https://evil.example "klik")',
  '![Roos](https://evil.example/roos.png)',
  '<https://evil.example>',
  'https://evil.example/roos en www.evil.example en roos@evil.example',
  '<at>iedereen</at>',
  '<b>Roos</b><script>alert(1)</script>',
  '| a | b |\n|---|---|\n| 1 | 2 |',
  '${concat("zq","7eval")}',
  "${$root.title} ${if(true, concat('zq', '7eval'), '')}",
  '{{DATE(2027-01-12T10:00:00Z)}}',
  '{name} {count, plural, other {zq}}',
  "' or 1 eq 1",
  "x' or PartitionKey ne '",
  '"; DROP TABLE managers; --',
  '/ \\ # ? %2F %00 _2f | }',
  '../../..',
  '__proto__',
  'constructor',
  'null',
  '\u0000\u0001\u001f\u007f\u009f',
  'regel een\r\nregel twee\u2028regel drie',
  '☕️👩‍💻🏳️‍🌈 Zoë Ĳsbrand',
  '\u202eRoos\u202c \u2066Roos\u2069',
  'روز שלום',
  '\u200b\u200d\ufeff',
  'lone \ud800 half',
  'a\u0301'.repeat(300),
  'é'.repeat(20_000),
  'x '.repeat(10_000),
  '\\'.repeat(5_000),
];

/** Where Teams reads markdown or shows a text as it is; what stands in an input is shown as it was typed. */
const SHOWN_IN = new Set([
  'text',
  'title',
  'label',
  'altText',
  'fallbackText',
  'summary',
  'placeholder',
  'errorMessage',
]);
const UNSEEN = new Set(['data', 'choices.data']);
/** What is a notification, or stands in the place of a card that cannot be shown, is no markdown. */
const AS_IT_IS = new Set(['fallbackText', 'summary']);
/** Markup that Teams would act on: an escaped sign does nothing. */
const MARKUP: readonly (readonly [string, RegExp])[] = [
  ['a link', /(?<!\\)(?:\\\\)*\]\s*\(\s*(?:javascript|\S*evil)/i],
  ['a mention', /(?<!\\)(?:\\\\)*<\/?at>/i],
  ['a tag', /(?<!\\)(?:\\\\)*<\/?[a-z]/i],
];
/** What no text may hold, wherever it is shown. */
const ANYWHERE: readonly (readonly [string, RegExp])[] = [
  ['a bare address', /https?:\/\/evil|www\.evil|roos@evil/],
  ['a template expression that was evaluated', /zq7eval/],
  ['a text that runs the other way from there on', /[\u202a-\u202e\u2066-\u2069]/],
  ['a control character', /[^\P{Cc}\t\n\r]/u],
];

/** Which texts of an answer are more than plain text, each with what it is. */
export function unplainTexts({ body, messages }: Turn): string[] {
  const cards = messages.flatMap((message) => [
    ...cardsOf(message),
    { summary: message.summary, text: message.text },
  ]);
  return [(body as { value?: unknown } | undefined)?.value, ...cards]
    .flatMap((card) => shownIn(card))
    .flatMap(({ text, field }) =>
      [...(AS_IT_IS.has(field) ? [] : MARKUP), ...ANYWHERE]
        .filter(([, pattern]) => pattern.test(text))
        .map(([what]) => `${what} in ${field} ${JSON.stringify(text.slice(0, 200))}`),
    );
}

type Shown = { readonly text: string; readonly field: string };

function shownIn(part: unknown, field = ''): Shown[] {
  if (typeof part === 'string')
    return SHOWN_IN.has(field) || field === 'factValue' ? [{ text: part, field }] : [];
  if (Array.isArray(part)) return part.flatMap((one) => shownIn(one, field));
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => {
    if (UNSEEN.has(name)) return [];
    // A fact has a value that is shown; an input’s is what was typed, a choice’s what is sent.
    return shownIn(inner, field === 'facts' && name === 'value' ? 'factValue' : name);
  });
}
