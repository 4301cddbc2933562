import { describe, expect, it } from 'vitest';
import englishFollowUps from '../../../../bot/nlu/content/en/follow-ups.json' with { type: 'json' };
import english from '../../../../bot/nlu/content/en/intents.json' with { type: 'json' };
import dutchFollowUps from '../../../../bot/nlu/content/nl/follow-ups.json' with { type: 'json' };
import dutch from '../../../../bot/nlu/content/nl/intents.json' with { type: 'json' };
import { compile } from '../../../../bot/nlu/danger/sayings.js';
import { allAnswers, answerWords } from '../../../../cards/content/answers.js';
import { allPieces, pieceWords } from '../../../../cards/content/pieces.js';
import { LANGS } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { judgeDanger } from '../learned.js';
import { readTexts } from '../lines.js';

const isDanger = (text: string) => judgeDanger(text).step === 'sure';

const HELD_OUT = ['held-out', 'held-out-2', 'held-out-3'] as const;

describe('danger', () => {
  it('recalls each line of danger.txt and of the files held out', async () => {
    expect(
      await faultsOf(readTexts('danger/danger.txt'), (text) => {
        expect(isDanger(text)).toBe(true);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(HELD_OUT, (set) => {
        expect(readTexts(`danger/danger-${set}.txt`).filter((text) => !isDanger(text))).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('is set off by no line of everyday.txt and of the files held out', async () => {
    expect(
      await faultsOf(readTexts('danger/everyday.txt'), (text) => {
        expect(isDanger(text)).toBe(false);
      }),
    ).toEqual([]);
    expect(
      await faultsOf(HELD_OUT, (set) => {
        expect(readTexts(`danger/everyday-${set}.txt`).filter(isDanger)).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('finds 98 of 100 lines of writers from whom nothing was learned, and takes few everyday ones for it', () => {
    const held = ['c', 'h', 'i', 'n', 'o', 'p', 't', 'v']
      .flatMap((writer) => readTexts(`danger/held-out-${writer}.tsv`))
      .map((line) => line.split('\t'))
      .map(([step, , text]) => ({ step, found: judgeDanger(text ?? '').step }));
    const danger = held.filter(({ step }) => step !== 'none');
    const plain = held.filter(({ step }) => step === 'sure');
    const everyday = held.filter(({ step }) => step === 'none');
    const share = (lines: typeof held, is: (found: string) => boolean) =>
      lines.filter(({ found }) => is(found)).length / lines.length;
    expect(share(danger, (found) => found !== 'none')).toBeGreaterThanOrEqual(0.98);
    expect(share(plain, (found) => found === 'sure')).toBeGreaterThanOrEqual(0.9);
    expect(share(everyday, (found) => found === 'sure')).toBeLessThanOrEqual(0.01);
    expect(share(everyday, (found) => found === 'maybe')).toBeLessThanOrEqual(0.05);
  });

  it('is set off by no example of another intent but those in which somebody tells what happened to them', () => {
    const examples = [dutch, english].flatMap(({ crisis: _, ...others }) => Object.values(others).flat());
    const told = /bedreigd|aangerand|verkracht|seksueel geweld|raped/;
    expect(examples.filter((text) => isDanger(text) && !told.test(text))).toEqual([]);
  });

  it('brings no help for a title of ours that somebody types, but where the title itself tells of danger', () => {
    const titles = LANGS.flatMap((lang) => [
      ...allAnswers().map(({ id }) => answerWords(lang, id).question),
      ...allPieces().map(({ id }) => pieceWords(lang, id).title),
    ]);
    expect(titles.length).toBeGreaterThan(500);
    const shown = titles.filter((title) => judgeDanger(title).step !== 'none');
    expect(shown).toEqual([answerWords('nl', 'abuse-home').question]);
  });

  it('brings no help for a phrase that only refers to what was shown, and does for what is only like one', () => {
    const phrases = [dutchFollowUps, englishFollowUps].flatMap((kinds) => Object.values(kinds).flat());
    const asked = phrases.flatMap((text) => [text, `${text.toUpperCase()}?`]);
    expect(asked.filter((text) => judgeDanger(text).step !== 'none')).toEqual([]);
    for (const text of [
      'ik wil stoppen met leven',
      'en als hij niet meer wil leven',
      'ik bedoel mezelf iets aandoen',
    ])
      expect([text, isDanger(text)]).toEqual([text, true]);
  });

  it('recalls whatever the capitals, marks, spaces and diacritics', () => {
    const changes: readonly ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => `${text}!!!`,
      (text) => text.replaceAll(' ', '  '),
      (text) => text.replaceAll(' ', '\n'),
      (text) => text.replaceAll('i', 'ï'),
    ];
    const missed = readTexts('danger/danger.txt').flatMap((text) => changes.map((change) => change(text)));
    expect(missed.filter((text) => !isDanger(text))).toEqual([]);
  });

  it('recalls danger with everyday talk before or behind it', () => {
    const dangers = [...readTexts('danger/danger.txt'), ...readTexts('danger/danger-held-out.txt')];
    const everyday = [...readTexts('danger/everyday.txt'), ...readTexts('danger/everyday-held-out.txt')];
    const missed = dangers.flatMap((text, at) => {
      const talk = everyday[(at * 7) % everyday.length] ?? '';
      return [`${talk}. ${text}`, `${text}. ${talk}`].filter((both) => !isDanger(both));
    });
    // What is danger only as a whole text ("113", "ik wil niet meer") may lose that in other company.
    const whole = ['113'];
    expect(missed.filter((text) => !whole.some((words) => text.includes(words)))).toEqual([]);
  });

  it('recalls it with what nobody sees within its words and between them', async () => {
    expect(
      await faultsOf(
        [
          ['a soft hyphen', '\u00ad'],
          ['a blank without width', '\u200b'],
          ['a joiner', '\u2060'],
          ['a mark for another direction', '\u202e'],
          ['a filler that counts as a letter', '\u3164'],
          ['a pattern of dots without dots', '\u2800'],
          ['a control character', '\0'],
          ['a sign for tags', '\u{e0061}'],
        ],
        (_what, unseen) => {
          const within = readTexts('danger/danger.txt').map((text) =>
            text.replaceAll(/\p{L}(?=\p{L})/gu, `$&${unseen}`),
          );
          const between = readTexts('danger/danger.txt').map((text) => text.replaceAll(' ', unseen));
          expect([...within, ...between].filter((text) => !isDanger(text))).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('recalls it at the start, in the middle and at the end of whatever fits in a message, and of longer', () => {
    const talk = 'vandaag hadden we overleg over de planning en daarna een taart voor de verjaardag. ';
    for (const length of [1_000, 20_000, 28_000]) {
      const before = talk.repeat(length / talk.length / 2);
      for (const text of [
        `ik wil dood. ${before}${before}`,
        `${before}ik wil dood. ${before}`,
        `${before}${before}ik wil dood`,
      ])
        expect(isDanger(text)).toBe(true);
    }
    const [long, marks] = ['a '.repeat(500_000), '\u0301\u0323'.repeat(500_000)];
    for (const much of [long, marks, '\u200b'.repeat(500_000)]) {
      expect(isDanger(`ik wil niet meer leven. ${much}`)).toBe(true);
      expect(isDanger(`${much}. ik wil niet meer leven`)).toBe(true);
      expect(isDanger(much)).toBe(false);
    }
  });

  it('is not outweighed by all else that is said in the same breath', async () => {
    expect(
      await faultsOf(
        [
          [
            'ik wil dood',
            'de notulen rondsturen, de planning bijwerken, het rooster aanpassen, de klant terugbellen',
          ],
          ['ik wil niet meer leven', 'opening, notulen, rooster, planning, budget, rondvraag, sluiting'],
          [
            'ik ga zelfmoord plegen',
            'vergadering vergadering vergadering vergadering vergadering vergadering',
          ],
          ['ik wil niet meer leven', 'een lange dag met veel overleg en weinig rust'],
          [
            'I want to die',
            'updated the planning, sent the invoice, moved the meeting, wrote the budget report',
          ],
          [
            'I am going to kill myself',
            'agenda, minutes, budget, planning, customer, invoice, office, parking',
          ],
        ],
        (danger, work) => {
          for (const times of [1, 2, 5, 50]) {
            const much = Array.from({ length: times }, () => work).join(', ');
            const texts = [`${much}, ${danger}`, `${danger}, ${much}`, `${much}, ${danger}, ${much}`];
            expect(texts.filter((text) => judgeDanger(text).step === 'none')).toEqual([]);
          }
        },
      ),
    ).toEqual([]);
  });

  it('takes what little one sentence shows for less among others that speak of something else', () => {
    const lines = readTexts('danger/everyday-held-out.txt').map((text) => text.replace(/[.!?]*$/, '.'));
    const texts = lines.map((text, at) =>
      [text, lines[(at * 7 + 3) % lines.length], lines[(at * 11 + 5) % lines.length]].join(' '),
    );
    expect(texts.filter((text) => judgeDanger(text).step !== 'none').length).toBeLessThan(texts.length / 4);
  });

  it('lets an everyday saying excuse itself only', () => {
    expect(isDanger('ik ga dood van het lachen')).toBe(false);
    expect(isDanger('ik ga dood van het lachen, maar eigenlijk wil ik niet meer leven')).toBe(true);
    expect(isDanger('ik maak er een eind aan, die vergadering')).toBe(false);
    expect(isDanger('ik maak er een eind aan, na die vergadering')).toBe(true);
  });

  it('refuses content that names a group of words that does not exist', () => {
    const content = {
      words: {},
      danger: [{ why: '', kind: 'suicide', step: 'sure', gap: 0, say: ['<nobody>'] }],
      usual: [],
      everyday: [],
      noTypos: [],
    };
    expect(() => compile(content)).toThrow('<nobody>');
  });
});
