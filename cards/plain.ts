/** Controls, marks that turn the direction of what follows, and what parts or joins words without being seen. */
const UNSEEN = /[\u00ad\u061c\u200b\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** One line without what nobody sees and without blanks around it; empty when nothing is left to be seen. */
export function oneLine(text: string): string {
  const line = text
    .replace(UNSEEN, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return /[^\p{Cf}\s]/u.test(line) ? line : '';
}

/**
 * Text of people, made safe for a place where Teams reads markdown: it shows as it was typed and never becomes
 * markup, a link, a list or a mention. One line: a break inside a name or an agreement would fake a new line of
 * ours. Source: MicrosoftDocs/msteams-docs, cards-format.md (which markdown Teams reads).
 */
export function plain(text: string): string {
  return (
    oneLine(text)
      .replace(/[\\`*_[\]()~<>#|{}]/g, '\\$&')
      // A list or a heading only counts at the start of a line.
      .replace(/^([-+>]|\d+[.)])/, '\\$1')
      // Teams makes links of bare addresses; an invisible joiner after the tell-tale part stops that.
      .replace(/(:\/\/|www\.|@)/gi, '$1\u2060')
  );
}

/**
 * Text of people for a label or a choice: some clients read markdown there and some show the text as it is, so
 * that an escape would be seen. The signs that mean something go, the words stay.
 */
export function bare(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]()~<>#|{}$]/g, ' ')
    .replace(/(:\/\/|www\.|@)/gi, '$1\u2060')
    .replace(/\s+/gu, ' ')
    .trim();
}
