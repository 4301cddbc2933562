/** Invisible format characters: bidirectional controls, zero-width spaces and joiners, the soft hyphen. */
const UNSEEN = /[\u00ad\u061c\u17b4\u17b5\u200b\u202a-\u202e\u2060-\u2069\ufeff]/gu;
/** Letters and symbols that render as blanks: the Hangul fillers and the empty Braille pattern. */
const BLANKS = /[\u115f\u1160\u2800\u3164\uffa0]/gu;
/** A visible character: no control, no white space, nothing that Unicode calls default ignorable. */
const SEEN = /[^\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\s]/u;

/** A text on one line, without invisible characters and trimmed; empty when nothing visible is left. */
export function oneLine(text: string): string {
  const line = text
    .replace(UNSEEN, '')
    .replace(BLANKS, ' ')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return SEEN.test(line) ? line : '';
}

/** Values for a message, for where Teams reads markdown: texts escaped, numbers as they are. */
export function escapeValues(
  values: Readonly<Record<string, string | number>> = {},
): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? escapeMarkdown(value) : value,
    ]),
  );
}

/**
 * Text of people, made safe for a place where Teams reads markdown: it shows as it was typed and never becomes
 * markup, a link, a list or a mention. One line: a break inside a name or an agreement would fake a new line of
 * ours. Source: MicrosoftDocs/msteams-docs, cards-format.md (which markdown Teams reads).
 */
export function escapeMarkdown(text: string): string {
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
 * The same text for a place that knows no markdown, such as a notification, where each escape would be seen. Takes back
 * what `escapeMarkdown` added, so that a card says its title once; what keeps an address from becoming a link stays.
 */
export function withoutEscapes(markdown: string): string {
  return markdown.replace(/\\(.)/gu, '$1');
}

/**
 * Text of people for a label or a choice: some clients read markdown there and some show the text as it is, so
 * that an escape would be seen. The signs that mean something go, the words stay.
 */
export function stripMarkdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]()~<>#|{}$]/g, ' ')
    .replace(/(:\/\/|www\.|@)/gi, '$1\u2060')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Text for an element or a quoted attribute of HTML or XML. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
