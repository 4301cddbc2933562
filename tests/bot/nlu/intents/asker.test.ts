import { stemmer as dutch } from '@orama/stemmers/dutch';
import { stemmer as english } from '@orama/stemmers/english';
import { describe, expect, it } from 'vitest';
import { ASKING, createAsker, type Who } from '../../../../bot/nlu/intents/asker.js';
import { asWritten } from '../../../../bot/nlu/text/spoken.js';
import { tokens } from '../../../../bot/nlu/text/tokens.js';
import { choiceOf } from '../../../../bot/nlu/understand.js';
import { allAnswers, findAnswer } from '../../../../cards/content/answers.js';
import { AUDIENCES, type Audience, audienceOfPiece } from '../../../../cards/content/audiences.js';
import { findPiece } from '../../../../cards/content/pieces.js';
import { LANGS, type Lang } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { understandWithoutDanger as understand } from '../learned.js';

const STEMMERS = { nl: dutch, en: english } as const;
const askers = { nl: createAsker('nl'), en: createAsker('en') } as const;

/** What is asked, by who asks it: what is alike in each list is who, and nothing else. */
const SAID: Readonly<Record<Lang, Readonly<Partial<Record<Who, readonly string[]>>>>> = {
  nl: {
    colleague: [
      'mijn collega is al tijden ziek, mag ik bellen',
      'zal ik het mijn baas vertellen van mijn collega',
      'wij doen sinds de zomer haar werk erbij',
      'ik ben niet zijn leidinggevende maar ik zie dat het niet gaat',
      'me collega drinkt',
    ],
    beside: [
      'ik heb ruzie met mijn collega',
      'mijn collega pest mij',
      'ik slaap slecht sinds mijn collega weg is',
    ],
    manager: [
      'mijn medewerker is ziek',
      'als leidinggevende zie ik een collega huilen',
      'een medewerker wil niet praten',
      'ik ben teamleider en mijn collega in mijn team drinkt',
    ],
    'perhaps-beside': ['een collega vertelde me iets', 'een collega wil niet dat de baas het weet'],
    peer: ['een collega huilt op de gang', 'twee collega’s praten niet meer met elkaar'],
    hr: ['wat doen we als HR met een melding', 'wij willen als organisatie iets regelen', 'ik werk bij HR'],
    'of-managers': ['een leidinggevende heeft het doorverteld', 'onze teamleiders durven het niet'],
    boss: [
      'mijn leidinggevende belt elke dag',
      'ruzie met een leidinggevende',
      'mag een leidinggevende mijn huisarts bellen',
    ],
    own: ['ik drink te veel', 'mijn vrouw is ernstig ziek'],
    'perhaps-own': ['ik drink te veel en wil niet dat ze het merken'],
    self: ['hoe meld ik me beter'],
    other: ['ze zegt dat er niks is', 'hoe houd ik mijn team op de been', 'iemand van mijn afdeling is ziek'],
    mixed: ['ze sluiten mij buiten'],
    nobody: ['hoelang duurt een opname'],
  },
  en: {
    colleague: [
      'my coworker has been off for weeks, may I text her',
      'should I tell my manager about my colleague',
      'I am not her manager but I can see she is struggling',
      'we are covering for her since May',
    ],
    beside: ['my colleague keeps insulting me', 'I had a row with my colleague'],
    manager: ['my employee is off sick', 'as a manager I saw a colleague cry', 'one of my team is ill'],
    hr: ['what do we do as HR', 'what can we offer as an organisation'],
    'of-managers': ['a manager has shared it with everyone', 'our managers keep putting it off'],
    boss: ['my manager rings me every day', 'my team lead shouts at me'],
    own: ['I drink too much'],
  },
};

describe('who asks', () => {
  it('is read from the words', async () => {
    const lines = LANGS.flatMap((lang) =>
      Object.entries(SAID[lang]).flatMap(([who, texts]) => texts.map((text) => [lang, text, who] as const)),
    );
    expect(
      await faultsOf(lines, (lang, text, who) => {
        const stems = asWritten(tokens(text), lang).map(STEMMERS[lang]);
        expect([text, askers[lang](stems)]).toEqual([text, who]);
      }),
    ).toEqual([]);
  });

  it('may be each of those for whom something is written, and somebody at least', () => {
    for (const { for: whom } of Object.values(ASKING)) expect(whom.length).toBeGreaterThan(0);
    expect(new Set(Object.values(ASKING).flatMap(({ for: whom }) => whom))).toEqual(new Set(AUDIENCES));
    for (const audience of ['employee', 'colleague', 'hr'] as const) {
      const only = Object.values(ASKING).filter(({ for: whom, sure }) => sure && whom.join() === audience);
      expect([audience, only.length]).toEqual([audience, 1]);
    }
  });
});

/** The same worries, told by each who may have them. */
const WORRIES = [
  'is al weken overspannen thuis',
  'drinkt te veel',
  'huilt bijna elke dag',
  'zegt dat er niets is',
  'zit er helemaal doorheen',
  'komt maandag terug na een burn-out',
  'heeft haar moeder verloren',
  'wordt gepest',
  'heeft een diagnose gekregen',
  'heeft schulden',
] as const;
/** What HR hears of managers. */
const HEARD = [
  'belt een zieke niet',
  'heeft een diagnose doorverteld',
  'vraagt door naar een ziekte',
  'durft het gesprek niet aan',
  'heeft een team met veel verzuim',
  'wil een zieke ontslaan',
  'pest een medewerker',
] as const;
const ASKED = ['wat kan ik doen', 'hoe vaak zal ik bellen', 'mag ik het vertellen', 'hoe help ik'] as const;

describe('an answer that is written for others', () => {
  it('is never given alone to who is known to be somebody else', async () => {
    const lines: readonly (readonly [string, Who])[] = WORRIES.flatMap((worry) =>
      ASKED.flatMap((asked) =>
        (
          [
            ['mijn collega', 'colleague'],
            ['mijn medewerker', 'manager'],
          ] as const
        ).map(([whom, who]) => [`${whom} ${worry}, ${asked}`, who] as const),
      ),
    );
    const ofHr = HEARD.map((heard): readonly [string, Who] => [
      `een leidinggevende ${heard}, wat doen we als HR`,
      'hr',
    ]);
    expect(
      await faultsOf([...lines, ...ofHr], (text, who) => {
        const understood = understand(text);
        const [only, ...more] = choiceOf(understood);
        const alone = understood.landing ?? (more.length === 0 ? (only ?? null) : null);
        const audience = alone === null || 'intent' in alone ? ASKING[who].for : audienceOf(alone);
        expect([text, audience.some((one) => ASKING[who].for.includes(one))]).toEqual([text, true]);
      }),
    ).toEqual([]);
  });

  it('nor does HR’s own answer take what HR asks of a manager’s', () => {
    const { landing } = understand('een leidinggevende wil een zieke ontslaan, wat doen we als HR');
    expect(landing).toEqual({ answer: 'sick-fire' });
  });
});

describe('each of those who may ask', () => {
  it('has answers that are written for them before all', () => {
    for (const audience of AUDIENCES) {
      const own = allAnswers().filter(({ for: [first] }) => first === audience);
      expect([audience, own.length >= 15]).toEqual([audience, true]);
    }
  });
});

function audienceOf(landing: object): readonly Audience[] {
  if ('answer' in landing) return findAnswer(String(landing.answer))?.for ?? [];
  if ('part' in landing) return ['manager', 'hr'];
  const found = 'piece' in landing ? findPiece(String(landing.piece)) : null;
  return found === null ? [] : audienceOfPiece(found.piece.id, found.shelf);
}
