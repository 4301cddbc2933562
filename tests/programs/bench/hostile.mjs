// Gives whatever reads people's text the worst text of the largest size that is let in, and tells which costs most; and
// the same to the whole bot, for a message and for each form: npm run bench:hostile, with -- --only "a word" for the
// readers of that name with all that they are given, and -- --json for JSON alone. Exit code 1 when something holds
// the thread for longer than anybody may be kept waiting by somebody else's text.
import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import pino from 'pino';
import { parseConfig } from '../../../dist/bot/config.js';

import { namesIn } from '../../../dist/bot/features/coffee/coffee.rules.js';
import { readCosts } from '../../../dist/bot/features/costs/costs.rules.js';
import { checkContact, checkMayRecord } from '../../../dist/bot/features/hr/hr.rules.js';
import { UNLIMITED } from '../../../dist/bot/http/request-limits.js';
import { composeBot } from '../../../dist/bot/main.js';
import { createDanger } from '../../../dist/bot/nlu/danger/danger.js';
import { withoutHelplineNames } from '../../../dist/bot/nlu/danger/helpline-names.js';
import { daysSaid } from '../../../dist/bot/nlu/entities/days.js';
import { namedIn, nameSaid, saidOf } from '../../../dist/bot/nlu/entities/names.js';
import { createNlu } from '../../../dist/bot/nlu/nlu.js';
import { createScreen, screenName } from '../../../dist/bot/nlu/screening/field-screening.js';
import { createUnderstanding } from '../../../dist/bot/nlu/understand.js';
import { envelope, readInput } from '../../../dist/bot/teams/activity.js';
import { createDangerFirst } from '../../../dist/bot/teams/danger-first.js';
import { precheckToken } from '../../../dist/bot/teams/token-precheck.js';
import { ACTIONS } from '../../../dist/cards/actions.js';
import { CHARACTERISTICS } from '../../../dist/cards/content/characteristics.js';
import { escapeMarkdown, oneLine, stripMarkdown } from '../../../dist/cards/plain.js';
import { startChannel, startTables } from './processes.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
/** Longer than this nobody may be kept waiting by one text of somebody else. */
const MOST_MS = 20;
/** A turn does more than read: checking a token, filling a card, asking tables, and this measures both ends. */
const MOST_TURN_MS = 60;
const RUNS = 5;
/** What is slower than this is not tried again, nor at twice the size: it would take for ever. */
const HOPELESS_MS = 2_000;

/** A message and a payload are as large as a body may be, less what stands around them. */
const MESSAGE = 250_000;
/** What one field of a form may hold, and what may be written on record of it. */
const FIELD = 20_000;
const KEPT = 200;
/** Node takes no more of headers. */
const HEADER = 15_000;

const danger = createDanger();
const dangerFirst = createDangerFirst({ judgeDanger: danger, isHrAdmin: () => true });
const understand = createUnderstanding(() => false);
const screen = createScreen();
const people = Array.from({ length: 150 }, (_, at) => ({ name: `Naam${at} van der Achternaam${at}` }));
const audience = randomUUID();
const said = (text) => readInput({ type: 'message', text }).text ?? '';
const pressed = (verb, data) => ({
  type: 'invoke',
  name: 'adaptiveCard/action',
  value: { action: { verb, data } },
});

/** What reads text, how much of it is let in, and how. */
const READERS = {
  'danger, one text': [MESSAGE, danger],
  'danger first, a message': [MESSAGE, (text) => dangerFirst({ type: 'message', text })],
  'danger first, HTML': [
    MESSAGE,
    (content) => dangerFirst({ type: 'message', attachments: [{ contentType: 'text/html', content }] }),
  ],
  'danger first, a form': [
    MESSAGE,
    (text) => dangerFirst(pressed('coffee.save', { names: text.slice(0, FIELD), rhythm: text.slice(FIELD) })),
  ],
  'danger first, a form of HR': [MESSAGE, (text) => dangerFirst(pressed('hr.import-check', { json: text }))],
  'danger first, many fields': [
    MESSAGE,
    (text) => dangerFirst(pressed('coffee.save', text.match(/[\s\S]{1,20}/gu) ?? [])),
  ],
  'the text of a message': [MESSAGE, said],
  understanding: [MESSAGE, (text) => understand(said(text))],
  'days in Dutch': [MESSAGE, (text) => daysSaid(said(text), 'nl', '2027-01-12')],
  'days in English': [MESSAGE, (text) => daysSaid(said(text), 'en', '2027-01-12')],
  'names said': [MESSAGE, (text) => nameSaid(said(text), 'nl')],
  'names of people': [MESSAGE, (text) => namedIn(said(text), people, 'nl')],
  sayings: [MESSAGE, (text) => saidOf(said(text), { a: ['met pensioen', 'nieuwe baan'], b: ['verlof'] })],
  screening: [KEPT, screen],
  'screening names': [KEPT, (text) => screenName(text, screen)],
  'names of helplines': [FIELD, withoutHelplineNames],
  'one line': [FIELD, oneLine],
  'escape for markdown': [FIELD, escapeMarkdown],
  'strip for a label': [FIELD, stripMarkdown],
  'names for coffee': [FIELD, namesIn],
  costs: [FIELD, (text) => readCosts({ employees: text, percentage: text, dayCost: text, burnouts: text })],
  'a contact': [
    FIELD,
    (text) =>
      checkContact(
        { kind: 'other', name: 'Bo', phone: text, mail: text, link: text, hours: text },
        'id',
        '2027-01-12',
      ),
  ],
  'who may record': [FIELD, (text) => checkMayRecord({ managers: text, listed: text }, true)],
  'a token': [
    HEADER,
    (text) =>
      precheckToken(`Bearer ${text}`, 'https://a.example', { audience, issuers: ['https://b.example'] }),
  ],
  'a token that looks right': [
    HEADER,
    (text) =>
      precheckToken(
        `Bearer ${[text, text, text].map((part) => Buffer.from(part).toString('base64url').slice(0, 5_000)).join('.')}`,
        'https://a.example',
        { audience, issuers: ['https://b.example'] },
      ),
  ],
  'an activity, its text': [MESSAGE, (text) => activityOf({ text })],
  'an activity, its address': [MESSAGE, (text) => activityOf({ serviceUrl: `https://${text}` })],
  'an activity, its ids': [MESSAGE, (text) => activityOf({ from: { id: text, name: text }, locale: text })],
  'an activity, many members': [
    MESSAGE,
    (text) => activityOf({ membersAdded: Array.from({ length: text.length / 3 }, () => ({})) }),
  ],
  'an activity, many attachments': [
    MESSAGE,
    (text) => activityOf({ attachments: Array.from({ length: text.length / 3 }, () => ({})) }),
  ],
};

function activityOf(changes) {
  return envelope.safeParse({ ...ACTIVITY, ...changes });
}
const PERSON = randomUUID();
const TENANT = randomUUID();
const ACTIVITY = {
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  from: { id: '29:someone', name: 'Mila de Wit', aadObjectId: PERSON },
  recipient: { id: '28:bot' },
  conversation: { id: 'a:1', tenantId: TENANT, conversationType: 'personal' },
  locale: 'nl-NL',
};

const random = (seed) => () => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return seed >>> 8;
};
/** Words that no other has, of letters that begin and fill the words that are looked for. */
const words = (starts, letters, shortest, longest) => (length) => {
  const next = random(7);
  let text = '';
  while (text.length < length) {
    text += starts[next() % starts.length];
    for (let left = shortest + (next() % (longest - shortest)); left > 0; left -= 1) {
      text += letters[next() % letters.length];
    }
    text += ' ';
  }
  return text.slice(0, length);
};
const again = (part) => (length) => part.repeat(Math.ceil(length / part.length)).slice(0, length);
const around = (first, part, last) => (length) =>
  first + again(part)(Math.max(0, length - first.length - last.length)) + last;

/** What somebody may write who means harm. */
const TEXTS = {
  'line breaks': around('verzet de evaluatie met Jan', '\n', 'naar dinsdag'),
  blanks: around('Karin gaat met verlof', ' ', 'op 1 maart'),
  tabs: again('\t'),
  'wide blanks': again('\u2003'),
  'words at random': words('abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz', 4, 12),
  'words with s': words('s', 'uicdemoraltpn', 5, 11),
  'words with z': words('z', 'elfmoordtiknp', 5, 11),
  'words with o': words('o', 'verdosipacltu', 5, 11),
  'short words': words('abcdefghijklmnopqrstuvwxyz', 'abcdefghijklmnopqrstuvwxyz', 1, 3),
  'one word': (length) =>
    words(
      'a',
      'bcdefg',
      5,
      9,
    )(2 * length)
      .replaceAll(' ', '')
      .slice(0, length),
  'one letter': again('a'),
  'letters apart': again('a b '),
  'capital letters apart': again('De '),
  'names with particles': again('Jan de van der '),
  'words of danger': again('niet meer leven wil ik dood '),
  'half of a saying': again('ik wil niet meer '),
  'everyday sayings': again('dood van het lachen '),
  illness: again('burnout '),
  'many kinds of illness': again('burnout depressie griep kanker migraine '),
  'days of the week': again('dinsdag '),
  dates: again('1 maart '),
  'dates in English': again('1 March 2027 '),
  ranges: again('1-2-3/4/5 - '),
  'from and until': again('van 1 tot '),
  times: again('10:00 '),
  digits: again('1'),
  'digits apart': again('1 '),
  'digits with dots': again('1.'),
  thousands: again('1.000'),
  dots: again('.'),
  'letters with dots': again('a.'),
  apostrophes: again("a'"),
  hyphens: again('a-'),
  stars: again('*'),
  'masked letters': again('a*'),
  masks: around('a', '*', ''),
  brackets: again('<'),
  'round brackets': again('('),
  tags: again('<p>'),
  'open mentions': again('<at>'),
  entities: again('&amp;'),
  commas: again(','),
  bars: again('|'),
  addresses: again('https://www.a@'),
  marks: again('a\u0323\u0301'),
  'marks without end': around('a', '\u0301\u0323', ''),
  'letters of many letters': again('\ufdfa'),
  Hangul: again('\ud55c'),
  emoji: again('👩‍💻'),
  'half signs': again('\ud800'),
  unseen: again('\u00ad\u200b'),
  'unseen within': again('a\u00ad'),
  'words from right to left': again('שלום '),
  'names of helplines': again('113 zelfmoordpreventie '),
  backslashes: again('\\'),
  dollars: again('${a}'),
  nulls: again('\0'),
};

/** Of the clock and of the processor whichever is less: other processes run on the machine too. */
function time(read, text) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, performance.now() - started, (user + system) / 1_000);
    if (best > HOPELESS_MS) break;
  }
  return best;
}

/** What each text costs a reader, the worst first, and how much more than half of it does. */
function costsOf(name, [most, read]) {
  const all = Object.entries(TEXTS).map(([text, make]) => {
    const half = time(read, make(most / 2));
    const whole = half > HOPELESS_MS ? Number.POSITIVE_INFINITY : time(read, make(most));
    return { what: name, letters: most, text, ms: whole, growth: whole / Math.max(half, 0.01) };
  });
  return all.sort((one, other) => other.ms - one.ms);
}

/** A payload that gets through to its handler, with such a text in everything that takes one. */
function payloadOf(verb, text) {
  const codes = ['ABCDE', '-'.repeat(CHARACTERISTICS.length)];
  const tried = [text, 'x', 1, '2027-01-12', '2027-01-12T09:00:00.000Z', PERSON, ...codes, [], undefined];
  const filling = (schema, name) => {
    if (name === 'items') return [{ what: text, who: text, by: text }];
    if (schema.shape !== undefined) return objectOf(schema.shape);
    return [...tried, ...(schema.options ?? [])].find((value) => schema.safeParse(value).success);
  };
  const objectOf = (shape) =>
    Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, filling(schema, name)]));
  return { ...objectOf(ACTIONS[verb].payload.shape), lang: 'nl' };
}

/** Of the texts those that are the worst for some reader or other, and what fills a card. */
const FOR_TURNS = [
  'words with s',
  'illness',
  'marks without end',
  'emoji',
  'one letter',
  'brackets',
  'commas',
  'Hangul',
];

async function costsOfTurns() {
  const tables = await startTables();
  const channel = await startChannel(false);
  const parsed = parseConfig({
    PORT: '0',
    BOT_ENV: 'development',
    HR_ADMINS: PERSON,
    AZURE_TABLES_CONNECTION_STRING: tables.connectionString,
    REMINDERS: 'off',
  });
  const bot = composeBot(parsed.config, {
    now: () => new Date(),
    newId: randomUUID,
    nlu: async () => createNlu(),
    log: pino({ level: 'silent' }),
    limits: UNLIMITED,
  });
  const url = `${await bot.start()}/api/messages`;
  const turn = async (changes) => {
    const body = JSON.stringify({
      ...ACTIVITY,
      serviceUrl: channel.serviceUrl,
      id: randomUUID(),
      ...changes,
    });
    const before = process.cpuUsage();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = await response.text();
    const { user, system } = process.cpuUsage(before);
    if (answer.includes('"outdated"')) throw new Error(`not let in: ${body.slice(0, 2_000)}`);
    if (response.status !== 200) throw new Error(`answered ${response.status}: ${body.slice(0, 200)}`);
    return (user + system) / 1_000;
  };
  const worst = async (what, letters, changesOf) => {
    const all = [];
    for (const text of FOR_TURNS) {
      let best = Number.POSITIVE_INFINITY;
      const changes = changesOf(TEXTS[text]);
      for (let run = 0; run < RUNS; run += 1) best = Math.min(best, await turn(changes));
      all.push({ what, letters, text, ms: best, growth: Number.NaN });
    }
    return all.sort((one, other) => other.ms - one.ms);
  };
  const lists = [await worst('a turn: a message', 80_000, (make) => ({ text: make(80_000) }))];
  const forms = Object.keys(ACTIONS).filter((verb) => ACTIONS[verb].inputs.length > 0);
  for (const verb of forms) {
    // Some stand in the payload twice: as they were typed before, and as they are typed now.
    const letters = Math.min(FIELD, Math.floor(30_000 / ACTIONS[verb].inputs.length));
    lists.push(
      await worst(`a turn: ${verb}`, letters, (make) => pressed(verb, payloadOf(verb, make(letters)))),
    );
  }
  await bot.stop();
  await Promise.all([tables.stop(), channel.stop()]);
  return lists;
}

const wanted = Object.entries(READERS).filter(([name]) => name.includes(values.only ?? ''));
const readers = wanted.map(([name, reader]) => costsOf(name, reader));
const turns = values.only === undefined ? await costsOfTurns() : [];
const worst = [...readers, ...turns].map(([first]) => first);
if (values.json) process.stdout.write(`${JSON.stringify(worst)}\n`);
else {
  const shown = values.only === undefined ? worst : readers.flatMap((list) => list.slice(0, 12));
  for (const { what, letters, text, ms, growth } of shown) {
    const more = Number.isNaN(growth) ? '' : `x${growth.toFixed(1)}`;
    console.log(
      `${what.padEnd(32)} ${String(letters).padStart(7)} letters ${ms.toFixed(1).padStart(8)} ms ${more.padEnd(6)} ${text}`,
    );
  }
}
const mostOf = ({ what }) => (what.startsWith('a turn') ? MOST_TURN_MS : MOST_MS);
process.exit(worst.every((one) => one.ms < mostOf(one)) ? 0 : 1);
