import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUEST_LIMITS } from '../../bot/http/request-limits.js';
import { createDanger } from '../../bot/nlu/danger/danger.js';
import { ACTIONS } from '../../cards/actions.js';
import { allPieces } from '../../cards/content/pieces.js';
import { messagesFor } from '../../cards/content/words.js';
import { type DangerKind, HELP_LANGS, type HelpLang } from '../../cards/crisis/danger-kinds.js';
import { helpMessagesFor } from '../../cards/crisis/help-messages.js';
import { samples } from '../cards/samples.js';
import { headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import type { Person, Turn } from '../support/teams/teams.js';
import { buttonsOf } from '../support/teams/teams-card.js';

const NL = messagesFor('nl');
const DANGER = 'ik wil niet meer leven';
const TITLE = NL.crisis.suicide.title;
const LONG = 'een lange dag met veel overleg en weinig rust. '.repeat(400);

let house: House;
let admin: Person;
let noor: Person;
const adminId = randomUUID();
beforeAll(async () => {
  house = await openHouse({ hrAdmins: adminId, limits: 'off', inMemory: true });
  admin = house.teams.person({ name: 'Hanna', objectId: adminId, installed: true });
  noor = house.teams.person({ name: 'Noor', installed: true });
});
afterAll(() => house.close());

/** What came with an answer, whatever it is: the text of a card or of a message. */
function shownIn({ body, messages }: Turn): string {
  return JSON.stringify([body, messages]);
}

function press(verb: string, data: unknown) {
  return {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb, data } },
  };
}

function html(content: string) {
  return [{ contentType: 'text/html', content }];
}

/** Their own chat, as far as it says nothing else of itself. */
function chatOf({ conversation }: Record<string, unknown>) {
  const { tenantId, conversationId: id } = noor;
  return conversation === undefined ? {} : { conversation: { tenantId, ...(conversation as object), id } };
}

const inForm = { lang: 'nl', names: DANGER };
const nested = (depth: number, inner: unknown): unknown =>
  Array.from({ length: depth }).reduce((value) => [value], inner);

describe('words that show danger', () => {
  it('bring help wherever they stand, and leave nothing', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>]>(
        [
          ['a message', { text: DANGER }],
          ['a message behind a long paste', { text: `${LONG}${DANGER}` }],
          ['a message before a long paste', { text: `${DANGER}. ${LONG}` }],
          [
            'a message that was edited',
            { type: 'messageUpdate', channelData: { eventType: 'editMessage' }, text: DANGER },
          ],
          [
            'a message that was put back',
            { type: 'messageUpdate', channelData: { eventType: 'undeleteMessage' }, text: DANGER },
          ],
          ['a message beside something else', { text: DANGER, value: { some: 'thing' } }],
          [
            'a message that Teams has as HTML alone',
            { text: '', attachments: html(`<p>ik wil <b>niet</b></p><p>meer&nbsp;leven</p>`) },
          ],
          [
            'a message that quotes them',
            {
              text: 'kijk dit eens',
              attachments: html(`<blockquote itemscope><p>${DANGER}</p></blockquote><p>kijk dit eens</p>`),
            },
          ],
          [
            'the name of a file',
            {
              text: '',
              attachments: [
                {
                  contentType: 'application/vnd.microsoft.teams.file.download.info',
                  name: 'Ik wil niet meer leven.docx',
                  content: { fileType: 'docx' },
                },
              ],
            },
          ],
          [
            'the name of a file that has no blanks',
            { text: '', attachments: [{ contentType: 'image/png', name: 'ik_wil_niet_meer_leven.png' }] },
          ],
          [
            'the name of a file whose words begin with capitals',
            { text: '', attachments: [{ contentType: 'image/png', name: 'IkWilNietMeerLeven.png' }] },
          ],
          [
            'a message that was edited into a quotation',
            {
              type: 'messageUpdate',
              text: 'zie hieronder',
              attachments: [
                {
                  contentType: 'messageReference',
                  content: JSON.stringify({ messageId: '1', messagePreview: DANGER }),
                },
              ],
            },
          ],
          [
            'a quotation that is read already',
            {
              text: 'zie hieronder',
              attachments: [
                { contentType: 'messageReference', content: { messageId: '1', messagePreview: DANGER } },
              ],
            },
          ],
          ['a form', press('coffee.save', inForm)],
          ['a form of an older version', press('coffee.save', { names: DANGER })],
          [
            'a form with a field of another kind',
            press('coffee.save', { ...inForm, rhythm: { some: 'thing' } }),
          ],
          [
            'a form of more than fits',
            press('coffee.save', { lang: 'nl', names: LONG, rhythm: `${LONG}${LONG} ${DANGER}` }),
          ],
          ['a form of a verb that is no more', press('no.such.verb', { words: DANGER })],
          ['a form of a verb that they may not use', press('hr.contact-save', { ...inForm, name: DANGER })],
          ['a form of a client that knows no better', { value: { verb: 'coffee.save', ...inForm } }],
          [
            'a draft that goes with a card',
            press('agreement.more', { lang: 'nl', draft: { items: [{ what: DANGER }] } }),
          ],
          ['a value that is nested deep', press('coffee.save', { lang: 'nl', more: nested(200, DANGER) })],
          [
            'a form with a soft hyphen in them',
            press('coffee.save', { lang: 'nl', names: 'ik wil niet meer le\u00adven' }),
          ],
          [
            'another kind of question',
            { type: 'invoke', name: 'composeExtension/query', value: { parameters: [{ value: DANGER }] } },
          ],
          ['a message of somebody without an id', { text: DANGER, from: { id: '29:nobody' } }],
          [
            'a message of somebody with null for an id',
            { text: DANGER, from: { id: '29:nobody', aadObjectId: null } },
          ],
          ['a message without a kind of chat', { text: DANGER, conversation: {} }],
          [
            'a message to the bot in a group',
            {
              text: `<at>Kopje Koffie</at> ${DANGER}`,
              conversation: { id: '19:x@thread.v2', conversationType: 'groupChat', isGroup: true },
            },
          ],
          [
            'a form of somebody without an id',
            { ...press('coffee.save', inForm), from: { id: '29:nobody' } },
          ],
        ],
        async (_where, overrides) => {
          const before = await house.dump();
          const logged = house.logged.length;
          const turn = await noor.sends({
            ...overrides,
            ...chatOf(overrides),
          });
          expect(turn.status).toBe(200);
          expect(shownIn(turn)).toContain(TITLE);
          expect(turn.messages).toHaveLength(1);
          expect(await house.dump()).toEqual(before);
          expect(house.logged.slice(logged)).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('bring help in the language that they are in, also where it cannot be sent as a message of its own', async () => {
    const turn = await noor.sends({ text: 'I want to end my life', from: { id: '29:nobody' } });
    expect(shownIn(turn)).toContain(messagesFor('en').crisis.suicide.title);
    {
      const kim = house.teams.person({ name: 'Kim', installed: true });
      kim.blocks();
      const turn = await kim.sends(press('no.such.verb', { words: DANGER }));
      expect(turn.body).toMatchObject({ statusCode: 200 });
      expect(JSON.stringify(turn.body)).toContain(TITLE);
    }
  });

  it('bring help to somebody of an organisation for which the bot is not switched on', async () => {
    const other = await openHouse({ allowedTenants: () => randomUUID() });
    try {
      const sam = other.teams.person({ name: 'Sam', installed: true });
      expect(shownIn(await sam.says(DANGER))).toContain(TITLE);
      expect(shownIn(await sam.says('hoe begin ik het gesprek?'))).toContain('nog niet aangezet');
    } finally {
      await other.close();
    }
  });

  it('are none where HR fills in the name of a helpline, and are some where anybody else does', async () => {
    const contact = {
      lang: 'nl',
      kind: 'other',
      name: '113 Zelfmoordpreventie',
      phone: '',
      mail: '',
      link: '',
      hours: '',
    };
    expect(shownIn(await admin.sends(press('hr.contact-save', contact)))).not.toContain(TITLE);
    expect(shownIn(await admin.sends(press('hr.contact-save', { ...contact, hours: DANGER })))).toContain(
      TITLE,
    );
    expect(shownIn(await noor.sends(press('hr.contact-save', contact)))).toContain(TITLE);
    expect(shownIn(await admin.sends(press('coffee.save', { lang: 'nl', names: contact.name })))).toContain(
      TITLE,
    );
  });
});

const KINDS: readonly [DangerKind, string][] = [
  ['suicide', 'ik wil niet meer leven'],
  ['medical', 'ze valt flauw en ademt niet'],
  ['violence', 'een collega bedreigt me met een mes'],
  ['home', 'mijn man slaat mij'],
  ['sexual', 'ik ben aangerand'],
];

describe('each kind of danger', () => {
  it('brings its own card for each kind, in the language of the words', async () => {
    expect(
      await faultsOf(KINDS, async (kind, text) => {
        const turn = await noor.says(text);
        expect(turn.messages).toHaveLength(1);
        expect(headingOf(turn.messages[0]!)).toBe(messagesFor('nl').crisis[kind].title);
      }),
    ).toEqual([]);
    const turn = await noor.says('I was raped by a colleague');
    expect(headingOf(turn.messages[0]!)).toBe(messagesFor('en').crisis.sexual.title);
  });
});

describe('somebody who writes in another language', () => {
  it('gets help in the language of who writes', async () => {
    expect(
      await faultsOf<[HelpLang, string]>(
        [
          ['pl', 'nie chcę już żyć'],
          ['ar', 'لا أريد أن أعيش'],
          ['tr', 'artık yaşamak istemiyorum'],
        ],
        async (lang, text) => {
          const turn = await noor.says(text);
          expect(turn.messages.map(headingOf)).toEqual([helpMessagesFor(lang).suicide.title]);
        },
      ),
    ).toEqual([]);
  });

  it('is told in that language that the rest is Dutch and English, with whatever is answered', async () => {
    expect(
      await faultsOf<[HelpLang, string]>(
        [
          ['pl', 'jak złożyć wniosek o urlop na przyszły miesiąc'],
          ['ar', 'كيف أبدأ الحديث مع الموظف عن العمل'],
          ['de', 'wie beginne ich ein Gespräch mit meinem Mitarbeiter'],
        ],
        async (lang, text) => {
          const turn = await noor.says(text);
          expect(turn.messages).toHaveLength(1);
          expect(shownIn(turn)).toContain(helpMessagesFor(lang).restIsDutchAndEnglish);
        },
      ),
    ).toEqual([]);
    const dutch = shownIn(await noor.says('hoe begin ik het gesprek?'));
    expect(HELP_LANGS.filter((lang) => dutch.includes(helpMessagesFor(lang).restIsDutchAndEnglish))).toEqual(
      [],
    );
  });

  it('gets who there is to talk to, where they ask for that, and nothing is kept', async () => {
    const before = await house.dump();
    const turn = await noor.says('ich möchte mit jemandem reden');
    expect(turn.messages.map(headingOf)).toEqual([helpMessagesFor('de').support.title]);
    expect(await house.dump()).toEqual(before);
  });
});

describe('words that may show danger', () => {
  const MAYBE = 'ik voel me leeg, alles is zinloos';
  const LINE = messagesFor('nl').crisis.maybe.suicide;

  it('bring the answer that was asked for, under one line of help that opens the card beside it', async () => {
    const before = await house.dump();
    const logged = house.logged.length;
    const turn = await noor.says(MAYBE);
    expect(turn.messages).toHaveLength(1);
    const shown = shownIn(turn);
    expect(shown).toContain(LINE);
    expect(shown.indexOf(LINE)).toBeLessThan(shown.indexOf(headingOf(turn.messages[0]!)));
    const opened = await noor.press(turn.messages[0]!, messagesFor('nl').crisis.showHelp);
    expect(opened.messages.map(headingOf)).toEqual([TITLE]);
    expect(await house.dump()).toEqual(before);
    expect(house.logged.slice(logged)).toEqual([]);
  });

  it('bring the line in a form too, and to whom the bot is not for', async () => {
    expect(shownIn(await noor.sends(press('no.such.verb', { words: MAYBE })))).toContain(LINE);
    expect(shownIn(await noor.sends({ text: MAYBE, from: { id: '29:nobody' } }))).toContain(LINE);
    expect(
      shownIn(await noor.sends({ type: 'invoke', name: 'task/submit', value: { data: MAYBE } })),
    ).toContain(LINE);
    expect(shownIn(await noor.sends({ type: 'event', name: 'other', value: MAYBE }))).toContain(LINE);
    const edited = { type: 'messageUpdate', text: '', attachments: html(`<p>${MAYBE}</p>`) };
    expect(shownIn(await noor.sends(edited))).toContain(LINE);
  });
});

describe('every verb', () => {
  /** A payload by which the words are looked at, whatever else is wrong with it. */
  const payloads: readonly [string, (verb: string, field: string) => unknown][] = [
    ['as the form sends it', (_verb, field) => ({ lang: 'nl', [field]: DANGER })],
    ['of an older version', (_verb, field) => ({ [field]: DANGER })],
    ['longer than fits', (_verb, field) => ({ lang: 'nl', [field]: `${LONG}${DANGER}` })],
    ['with a soft hyphen', (_verb, field) => ({ lang: 'nl', [field]: 'ik wil niet meer le\u00adven' })],
  ];
  const verbs = [
    ...Object.entries(ACTIONS).flatMap(([verb, { inputs }]) =>
      inputs.length === 0 ? [] : [[verb, inputs[0] ?? ''] as const],
    ),
    ['no.such.verb', 'words'] as const,
  ];

  it('bring help whatever payload they come with, to who is of HR and who is not, and keeps nothing', async () => {
    expect(
      await faultsOf(payloads, async (_what, payload) => {
        expect(verbs.length).toBeGreaterThan(20);
        const before = await house.dump();
        const logged = house.logged.length;
        const missed: string[] = [];
        for (const who of [noor, admin]) {
          for (const [verb, field] of verbs) {
            const turn = await who.sends(press(verb, payload(verb, field)));
            if (!shownIn(turn).includes(TITLE)) missed.push(`${verb} ${field}`);
          }
        }
        expect(missed).toEqual([]);
        expect(await house.dump()).toEqual(before);
        expect(house.logged.slice(logged)).toEqual([]);
      }),
    ).toEqual([]);
  });
});

describe('what cards of ours carry', () => {
  it('never shows danger by itself', () => {
    const judgeDanger = createDanger();
    const isDanger = (text: string) => judgeDanger(text).step === 'sure';
    const textsIn = (value: unknown): string[] =>
      typeof value === 'string' ? [value] : Object.values(value ?? {}).flatMap(textsIn);
    const carried = samples().flatMap(({ card }) =>
      buttonsOf(card as never).flatMap(({ action }) => textsIn(action.data)),
    );
    const ids = [...Object.keys(ACTIONS), ...allPieces().map(({ id }) => id)];
    expect(carried.length).toBeGreaterThan(1_000);
    expect([...new Set([...carried, ...ids])].filter(isDanger)).toEqual([]);
    expect([...new Set([...carried, ...ids])].filter((text) => judgeDanger(text).step === 'maybe')).toEqual(
      [],
    );
  });
});

describe('who cannot be served', () => {
  it('each gets one line that says so, and nothing of what they ask', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>, string, string]>(
        [
          [
            'somebody without an id',
            { from: { id: '29:nobody' } },
            'unknown-sender',
            'Teams vertelt mij niet wie je bent.',
          ],
          [
            'somebody in a group',
            { conversation: { conversationType: 'groupChat' } },
            'not-one-to-one',
            'Ik praat altijd met één persoon',
          ],
          [
            'somebody in a channel',
            { conversation: { conversationType: 'channel' } },
            'not-one-to-one',
            'Ik praat altijd met één persoon',
          ],
        ],
        async (_who, overrides, code, line) => {
          const logged = house.logged.length;
          const given = { ...overrides, ...chatOf(overrides) };
          for (const asked of [{ text: 'mijn overzicht' }, press('overview.show', { lang: 'nl' })]) {
            const turn = await noor.sends({ ...asked, ...given });
            expect(turn.status).toBe(200);
            expect(turn.messages).toHaveLength(1);
            expect(turn.messages[0]?.text).toContain(line);
            expect(turn.messages[0]?.attachments ?? []).toEqual([]);
          }
          const told = house.logged.slice(logged).map((one) => JSON.parse(one));
          expect(told).toMatchObject([{ code }, { code }]);
          expect(JSON.stringify(told)).not.toMatch(/overzicht|29:|nobody/);
        },
      ),
    ).toEqual([]);
  });

  it('is nobody whose chat is their own by its id, and gets no line for what asks for none', async () => {
    const turn = await noor.sends({
      text: 'hoe begin ik het gesprek?',
      conversation: { id: noor.conversationId, tenantId: noor.tenantId },
    });
    expect(JSON.stringify(turn.messages)).toContain(NL.conversation.begin.title);
    expect(
      await faultsOf(
        [
          ['typing', { type: 'typing' }],
          ['a reaction', { type: 'messageReaction' }],
          ['an edit without words', { type: 'messageUpdate', text: '  ' }],
          ['a message that was taken back', { type: 'messageDelete' }],
        ],
        async (_what, overrides) => {
          const turn = await noor.sends({ ...overrides, from: { id: '29:nobody' } });
          expect([turn.status, turn.messages]).toEqual([200, []]);
        },
      ),
    ).toEqual([]);
  });
});

describe('a question that is mended afterwards', () => {
  it('is answered like one that is asked', async () => {
    const asked = await noor.says('ho begn ikxx');
    expect(JSON.stringify(asked.messages)).not.toContain(NL.conversation.begin.title);
    const mended = await noor.sends({
      type: 'messageUpdate',
      channelData: { tenant: { id: noor.tenantId }, eventType: 'editMessage' },
      text: 'hoe begin ik het gesprek?',
    });
    expect(mended.messages).toHaveLength(1);
    expect(JSON.stringify(mended.messages)).toContain(NL.conversation.begin.title);
  });
});

describe('somebody who comes too often', () => {
  it('still gets help, a few times, and nobody else waits for it', async () => {
    const limited = await openHouse({ limited: true });
    try {
      const eager = limited.teams.person({ name: 'Eager', installed: true });
      const calm = limited.teams.person({ name: 'Calm', installed: true });
      for (let times = 0; times < REQUEST_LIMITS.byPerson.most; times += 1)
        await eager.sends({ type: 'typing' });
      expect((await eager.says('menu')).status).toBe(429);
      const answers: Turn[] = [];
      for (let times = 0; times < 6; times += 1) answers.push(await eager.says(DANGER));
      const helped = answers.filter(({ status }) => status === 200);
      expect(helped).toHaveLength(REQUEST_LIMITS.helpToWaiting.most);
      expect(helped.every((one) => shownIn(one).includes(TITLE))).toBe(true);
      expect((await eager.says('menu')).status).toBe(429);
      expect(shownIn(await calm.says(DANGER))).toContain(TITLE);
    } finally {
      await limited.close();
    }
  });
});
