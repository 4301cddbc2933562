import { type Button, PARTS, type Verb } from '../../../cards/actions.js';
import { findPiece, piecesOf, pieceWords, SHELF_IDS } from '../../../cards/content/pieces.js';
import { SUBJECT_GROUPS } from '../../../cards/content/subjects.js';
import { LANGS, type Lang, messagesFor } from '../../../cards/content/words.js';
import { aidsCard } from '../../../cards/conversation/aids.card.js';
import { askCard } from '../../../cards/conversation/ask.card.js';
import { beginCard } from '../../../cards/conversation/begin.card.js';
import { partCard } from '../../../cards/conversation/part.card.js';
import { subjectRow, subjectWords } from '../../../cards/knowledge/rows.js';
import { subjectsCard } from '../../../cards/knowledge/subjects.card.js';
import { menuCard } from '../../../cards/menu/menu.card.js';
import { practiseStartCard } from '../../../cards/practise/start.card.js';
import type { Card } from '../../../cards/render.js';
import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { isWithinEdits } from '../../nlu/text/edit-distance.js';
import { tokens } from '../../nlu/text/tokens.js';

/** What pressing a button with this title does, and in which language the title is. */
export type Command = {
  readonly verb: Verb;
  readonly data: Readonly<Record<string, unknown>>;
  readonly lang: Lang;
};

/** A shorter title has neighbours that mean something else; a longer one may have a slip or two in it. */
const LETTERS_TO_FORGIVE = 8;
const MOST_SLIPS = 2;
const MOST_LETTERS = 120;

/**
 * What stands on a button or in a list is a command, typed as it stands there or nearly: people read a title and type it.
 * Read from the cards themselves, so that a title that changes is a command at once. Titles that lead to different things
 * ("Terug") are none.
 */
export function createCommands(): (text: string) => Command | null {
  const commands = new Map<string, Command>();
  for (const shelf of [ofCards, ofSubjects, ofPieces, ofIntents]) {
    const found = new Map<string, Command | null>();
    for (const lang of LANGS)
      for (const [title, command] of shelf(lang)) {
        const key = tokens(title).join(' ');
        const known = found.get(key);
        // Dutch comes first: a title that both languages share ("menu") does the same in both.
        if (known === undefined) found.set(key, command);
        else if (known !== null && known.lang === lang && !doesTheSame(known, command)) found.set(key, null);
      }
    // What is nearer at hand wins: a button of the menu over a piece of the same name.
    for (const [key, command] of found)
      if (key !== '' && command !== null && !commands.has(key)) commands.set(key, command);
  }
  const long = [...commands.keys()].filter((key) => key.length >= LETTERS_TO_FORGIVE);

  return (text) => {
    if (text.length > MOST_LETTERS) return null;
    const said = tokens(text).join(' ');
    const exact = commands.get(said);
    if (exact !== undefined) return exact;
    if (said.length < LETTERS_TO_FORGIVE) return null;
    const most = said.length < 2 * LETTERS_TO_FORGIVE ? 1 : MOST_SLIPS;
    const near = long.find((key) => key[0] === said[0] && isWithinEdits(key, said, most));
    return near === undefined ? null : (commands.get(near) ?? null);
  };
}

type Titled = Iterable<readonly [string, Command]>;

function* ofCards(lang: Lang): Titled {
  const { agreement, coffee } = messagesFor(lang);
  // On cards that read what is somebody's own, which are not drawn here.
  const own: readonly (readonly [string, Verb, Command['data']])[] = [
    [coffee.title, 'coffee.list', { page: 0 }],
    [agreement.listTitle, 'agreement.list', { page: 0 }],
  ];
  for (const [title, verb, data] of own) yield [title, { verb, data, lang }];
  const cards: readonly Card[] = [
    menuCard(lang, 'greeting', true),
    welcomeCard(lang, 'privacy'),
    subjectsCard(lang),
    beginCard(lang),
    askCard(lang, 'prepare'),
    aidsCard(lang, 'prepare'),
    practiseStartCard(lang),
    ...PARTS.map((part) => partCard(lang, part)),
  ];
  for (const button of cards.flatMap(({ body }) => buttonsIn(body)))
    yield [String(button.title), commandOf(button, lang)];
}

function* ofSubjects(lang: Lang): Titled {
  for (const subject of SUBJECT_GROUPS.flatMap(({ subjects }) => subjects))
    yield [subjectWords(lang, subject).name, commandOf(subjectRow(lang, subject).press, lang)];
}

function* ofPieces(lang: Lang): Titled {
  for (const shelf of SHELF_IDS)
    for (const { id } of piecesOf(shelf))
      if (findPiece(id)?.piece.id === id)
        yield [pieceWords(lang, id).title, { verb: 'knowledge.piece', data: { piece: id }, lang }];
}

/** What a choice is called where a text may have meant several things. */
function* ofIntents(lang: Lang): Titled {
  for (const [intent, title] of Object.entries(messagesFor(lang).knowledge.intents))
    yield [title, { verb: 'intent.open', data: { intent }, lang }];
}

/** What `button` made: its verb is one of ours, and its payload one of that verb. */
function commandOf({ verb, data }: Button, lang: Lang): Command {
  const { lang: _, ...rest } = data as Record<string, unknown>;
  return { verb: verb as Verb, data: rest, lang };
}

function doesTheSame(one: Command, other: Command): boolean {
  return one.verb === other.verb && JSON.stringify(one.data) === JSON.stringify(other.data);
}

function buttonsIn(part: unknown): readonly Button[] {
  if (Array.isArray(part)) return part.flatMap(buttonsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { type, fallback: _, ...rest } = part as Record<string, unknown>;
  if (type === 'Action.Execute') return [part as Button];
  return Object.values(rest).flatMap(buttonsIn);
}
