import { isVerb } from '../../cards/actions.js';
import { accessOf, type IsHrAdmin } from '../access/authorization.js';
import { type Danger, worstOf } from '../nlu/danger/danger.js';
import { withoutHelplineNames } from '../nlu/danger/helpline-names.js';
import { endsOf } from '../nlu/text/tokens.js';
import { type Incoming, readInput, readSender } from './activity.js';

/** What danger somebody's words in an activity show: to be asked before anything else is looked at. */
export type DangerFirst = (activity: Incoming) => Danger;

/** More than fits in a message of Teams or in a form of ours. */
const MOST_LETTERS = 30_000;
/** A payload of ours has less than fifty values; what is made by hand may have any number, and any depth. */
const MOST_VALUES = 500;
/** Teams sends words a second time as HTML, and a file or two. */
const MOST_ATTACHMENTS = 20;
/** What parts words in HTML; other tags stand within them. */
const PARTING_TAG =
  /<\/?(?:address|article|blockquote|br|dd|div|dl|dt|h\d|hr|li|ol|p|pre|section|table|td|th|tr|ul)\b[^<>]*>/gi;
const TAG = /<[^<>]*>/g;
const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi;
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};
const LAST_CODE_POINT = 0x10ffff;

/**
 * Makes the check that comes before all others, for whatever kind of activity it is and whoever sends it: neither an
 * unknown verb, nor a right that somebody lacks, nor a form that is not as it should be may stand before help. Nothing
 * of the words goes anywhere.
 */
export function createDangerFirst(deps: {
  readonly judgeDanger: (text: string) => Danger;
  readonly isHrAdmin: IsHrAdmin;
}): DangerFirst {
  return (activity) => {
    // HR writes down where people can turn to: the name of a helpline is no cry for help there.
    const read = isOfHr(activity, deps.isHrAdmin) ? withoutHelplineNames : (text: string) => text;
    // Teams sends what was typed a second time as HTML, and a name of a file mostly reads one way: each is judged once.
    const texts = new Set(wordsOf(activity).map((text) => text.trim()));
    texts.delete('');
    return worstOf([...texts].map((text) => deps.judgeDanger(read(text))));
  };
}

function isOfHr(activity: Incoming, isHrAdmin: IsHrAdmin): boolean {
  const said = readInput(activity);
  const sender = readSender(activity);
  if (said?.kind !== 'press' || sender === null) return false;
  return isVerb(said.verb) && accessOf(said.verb) === 'hr' && isHrAdmin(sender.person);
}

/**
 * Everything that a person wrote in an activity: what they typed, also anew, what they filled in, what they quote and
 * what the files are called that they send. At most `MOST_LETTERS` of it, from the start and the end of each.
 */
export function wordsOf(activity: Incoming): readonly string[] {
  const { text = '', attachments, value, name } = activity;
  // The answer to a file of ours has no words of theirs.
  const filledIn = name === 'fileConsent/invoke' ? [] : textsIn(withoutTitle(value));
  const attached = (attachments ?? []).slice(0, MOST_ATTACHMENTS);
  const words = [text ?? '', ...filledIn, ...attached.flatMap(wordsOfAttachment)].filter((one) => one !== '');
  const letters = words.reduce((sum, { length }) => sum + length, 0);
  return letters <= MOST_LETTERS
    ? words
    : words.map((one) => endsOf(one, Math.floor(MOST_LETTERS / words.length)));
}

/** Some clients send what stands on the button along. It is a word of ours: a person writes in fields. */
function withoutTitle(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('action' in value)) return value;
  const { action } = value;
  if (typeof action !== 'object' || action === null || !('title' in action)) return value;
  return { ...value, action: { ...action, title: '' } };
}

/** What a name of a file has between its words where a text has a blank. */
const BETWEEN_WORDS_OF_NAME = /[_+]|%20|(?<=\p{Ll})(?=\p{Lu})/gu;
/** How Teams hands on a message that somebody quotes: with what it said, as JSON or already read. */
const QUOTED = 'messageReference';

function wordsOfAttachment({
  contentType,
  name,
  content,
}: NonNullable<Incoming['attachments']>[number]): string[] {
  const names = typeof name === 'string' ? [name, name.replace(BETWEEN_WORDS_OF_NAME, ' ')] : [];
  if (contentType === QUOTED) return [...names, ...textsIn(asRead(content))];
  return [...names, ...(typeof content === 'string' ? [fromHtml(endsOf(content, MOST_LETTERS))] : [])];
}

function asRead(content: unknown): unknown {
  if (typeof content !== 'string') return content;
  try {
    return JSON.parse(endsOf(content, MOST_LETTERS));
  } catch {
    return content;
  }
}

function fromHtml(html: string): string {
  return html
    .replace(PARTING_TAG, '\n')
    .replace(TAG, '')
    .replace(ENTITY, (whole, decimal?: string, hexadecimal?: string, named?: string) => {
      if (named !== undefined) return NAMED[named.toLowerCase()] ?? whole;
      const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
      return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
    });
}

/**
 * Ids, days, numbers and verbs of our own payloads. They are no words of a person, and letters of an id that look like a word must
 * not tell a record that is there from one that is not.
 */
const MADE_BY_US =
  /^(?:(?:person-|name-)?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}|\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z)?|\d+|[a-z]+\.[a-z-]+)$/i;

/** The texts in a value of whatever shape, those that lie higher first. Not by recursion: JSON may be nested without end. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const left: unknown[] = [value];
  for (let at = 0; at < left.length; at += 1) {
    const one = left[at];
    if (typeof one === 'string' && !MADE_BY_US.test(one)) texts.push(one);
    if (typeof one !== 'object' || one === null) continue;
    for (const inner of Object.values(one)) {
      if (left.length >= MOST_VALUES) break;
      left.push(inner);
    }
  }
  return texts;
}
