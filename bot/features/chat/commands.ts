import { type Button, PARTS, type Verb } from '../../../cards/actions.js';
import { allAnswers, answerWords } from '../../../cards/content/answers.js';
import { DEEDS, findPiece, piecesOf, pieceWords, SHELF_IDS } from '../../../cards/content/pieces.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { SUBJECT_GROUPS } from '../../../cards/content/subjects.js';
import { format, LANGS, type Lang, messagesFor } from '../../../cards/content/words.js';
import { aidsCard } from '../../../cards/conversation/aids.card.js';
import { askCard } from '../../../cards/conversation/ask.card.js';
import { beginCard } from '../../../cards/conversation/begin.card.js';
import { partCard } from '../../../cards/conversation/part.card.js';
import { helpMessagesFor } from '../../../cards/crisis/help-messages.js';
import { deedButton } from '../../../cards/knowledge/deeds.js';
import { subjectRow, subjectWords } from '../../../cards/knowledge/rows.js';
import { subjectsCard } from '../../../cards/knowledge/subjects.card.js';
import { menuCard } from '../../../cards/menu/menu.card.js';
import { practiseStartCard } from '../../../cards/practise/start.card.js';
import type { Card } from '../../../cards/render.js';
import { welcomeCard } from '../../../cards/welcome/welcome.card.js';
import { createNearSearch } from '../../nlu/text/edit-distance.js';
import { tokens } from '../../nlu/text/tokens.js';
import { isSameCard } from '../../services/chat-context.js';

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
  for (const shelf of [ofPlaces, ofCards, ofSubjects, ofPieces, ofIntents, ofDeeds]) {
    const found = new Map<string, Command | null>();
    for (const lang of LANGS)
      for (const [title, command] of shelf(lang)) {
        const key = tokens(title).join(' ');
        const known = found.get(key);
        // Dutch comes first: a title that both languages share ("menu") does the same in both.
        if (known === undefined) found.set(key, command);
        else if (known !== null && known.lang === lang && !isSameCard(known, command)) found.set(key, null);
      }
    // What is nearer at hand wins: a button of the menu over a piece of the same name.
    for (const [key, command] of found)
      if (key !== '' && command !== null && !commands.has(key)) commands.set(key, command);
  }
  const nearest = createNearSearch([...commands.keys()].filter((key) => key.length >= LETTERS_TO_FORGIVE));
  // Two questions may differ by a letter and in who asks ("mag ik", "mag je"): these are commands as they stand only.
  for (const lang of LANGS)
    for (const [title, command] of ofAnswers(lang)) {
      const key = tokens(title).join(' ');
      if (!commands.has(key)) commands.set(key, command);
    }
  const before = LANGS.flatMap(wordsBefore);

  return (text) => {
    if (text.length > MOST_LETTERS) return null;
    const whole = tokens(text).join(' ');
    const led =
      commands.get(whole) === undefined ? before.find((one) => whole.startsWith(`${one} `)) : undefined;
    const said = led === undefined ? whole : whole.slice(led.length + 1);
    const exact = commands.get(said);
    if (exact !== undefined) return exact;
    if (said.length < LETTERS_TO_FORGIVE) return null;
    const most = said.length < 2 * LETTERS_TO_FORGIVE ? 1 : MOST_SLIPS;
    const near = nearest(said, most, true);
    return near === null ? null : (commands.get(near) ?? null);
  };
}

type Titled = Iterable<readonly [string, Command]>;

/** What a card is called that reads what is somebody's own, or that is asked for on many: not drawn here. */
function* ofPlaces(lang: Lang): Titled {
  const words = messagesFor(lang);
  const { about, agreement, checklist, coffee, conversation, hr, knowledge, leaver, moments, people, scan } =
    words;
  const places: readonly (readonly [string, Verb, Command['data']])[] = [
    [agreement.title, 'agreement.start', {}],
    [agreement.listTitle, 'agreement.list', { page: 0 }],
    [agreement.closedTitle, 'agreement.closed', { page: 0 }],
    [coffee.title, 'coffee.list', { page: 0 }],
    [words.requests.coffeeNewsButton, 'coffee.list', { page: 0 }],
    [coffee.add, 'coffee.add', {}],
    [moments.title, 'moments.list', { page: 0 }],
    [moments.back, 'moments.list', { page: 0 }],
    [moments.add, 'moments.add', {}],
    [moments.guidance, 'knowledge.subject', { subject: 'life-events' }],
    [words.overview.title, 'overview.show', { page: 0, of: '' }],
    [people.title, 'people.list', { page: 0 }],
    [about.recordsTitle, 'about.records', { page: 0 }],
    [about.recordsButton, 'about.records', { page: 0 }],
    [about.recordsPrivacy, 'privacy.show', {}],
    [words.requests.back, 'about.records', { page: 0 }],
    [about.exportButton, 'about.ways', {}],
    [words.export.button.chat, 'about.export', { page: 0 }],
    [words.support.title, 'support.show', {}],
    [words.monthly.support, 'support.show', {}],
    [hr.ownTitle, 'support.own', { page: 0 }],
    [knowledge.crisisButton, 'crisis.show', {}],
    [helpMessagesFor(lang).sexual.heard, 'knowledge.piece', { piece: 'misconduct-heard' }],
    [knowledge.callButton, 'knowledge.piece', { piece: 'signals-call' }],
    [knowledge.neither, 'knowledge.otherwise', {}],
    [conversation.ui.ask, 'conversation.ask', { part: 'prepare' }],
    [words.practise.title, 'practise.start', {}],
    [words.practise.other, 'practise.start', {}],
    [checklist.title, 'signals.open', {}],
    [checklist.more, 'knowledge.subject', { subject: 'signals' }],
    [words.absenceWeeks.title, 'absence.open', {}],
    [words.absenceWeeks.allSteps, 'knowledge.piece', { piece: 'absence-poortwachter' }],
    [words.costsSum.title, 'costs.open', {}],
    [words.costsSum.next, 'knowledge.subject', { subject: 'prevention' }],
    [words.finder.title, 'measures.open', {}],
    [words.settings.title, 'settings.show', {}],
    [scan.title, 'scan.open', {}],
    [scan.home, 'scan.open', {}],
    [scan.start, 'scan.start', { before: '' }],
    [scan.steps, 'scan.meet', { id: '', part: 'agenda' }],
    [scan.paper, 'scan.paper', {}],
    [hr.button, 'hr.show', {}],
    [hr.title, 'hr.show', {}],
    [hr.contactsButton, 'hr.contacts', { page: 0 }],
    [hr.contactsTitle, 'hr.contacts', { page: 0 }],
    [hr.add, 'hr.contact', { id: '' }],
    [hr.defaultsButton, 'hr.defaults', {}],
    [hr.managersButton, 'hr.managers', {}],
    [hr.exportButton, 'hr.export', {}],
    [hr.importButton, 'hr.import', {}],
    [hr.healthButton, 'hr.health', {}],
    [hr.auditButton, 'hr.audit', {}],
    [hr.auditOwn, 'hr.audit-own', {}],
    [leaver.title, 'leaver.show', {}],
    [leaver.all, 'leaver.show', {}],
    [words.figures.title, 'figures.show', {}],
  ];
  for (const [title, verb, data] of places) yield [title, { verb, data, lang }];
  const { subjects, figures } = sayingsIn(lang).places;
  for (const said of subjects) yield [said, { verb: 'knowledge.subjects', data: {}, lang }];
  for (const said of figures) yield [said, { verb: 'figures.show', data: {}, lang }];
}

function* ofCards(lang: Lang): Titled {
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
  const { knowledge } = messagesFor(lang);
  for (const subject of SUBJECT_GROUPS.flatMap(({ subjects }) => subjects)) {
    const { name } = subjectWords(lang, subject);
    const command = commandOf(subjectRow(lang, subject).press, lang);
    yield [name, command];
    yield [format(lang, knowledge.subject, { title: name }), command];
  }
}

function* ofPieces(lang: Lang): Titled {
  for (const shelf of SHELF_IDS)
    for (const { id } of piecesOf(shelf)) {
      if (findPiece(id)?.piece.id !== id) continue;
      const { title } = pieceWords(lang, id);
      yield [title, { verb: 'knowledge.piece', data: { piece: id }, lang }];
    }
}

function* ofAnswers(lang: Lang): Titled {
  for (const { id } of allAnswers()) {
    const { question } = answerWords(lang, id);
    yield [question, { verb: 'knowledge.answer', data: { answer: id }, lang }];
  }
}

function* ofDeeds(lang: Lang): Titled {
  for (const deed of DEEDS)
    yield [messagesFor(lang).knowledge.deeds[deed], commandOf(deedButton(lang, deed), lang)];
}

/** What a title in a list is read out with ("Lees: …"), or stands under. */
function wordsBefore(lang: Lang): readonly string[] {
  const { knowledge, scan } = messagesFor(lang);
  return [knowledge.openPiece, knowledge.openSubject, knowledge.crumb, scan.outcome.open].map((text) =>
    tokens(format(lang, text, { title: '' })).join(' '),
  );
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

function buttonsIn(part: unknown): readonly Button[] {
  if (Array.isArray(part)) return part.flatMap(buttonsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { type, fallback: _, ...rest } = part as Record<string, unknown>;
  if (type === 'Action.Execute') return [part as Button];
  return Object.values(rest).flatMap(buttonsIn);
}
