import { describe, expect, it } from 'vitest';
import englishAsked from '../../../../bot/nlu/content/en/answers.json' with { type: 'json' };
import dutchAsked from '../../../../bot/nlu/content/nl/answers.json' with { type: 'json' };
import { createAnswerSearch } from '../../../../bot/nlu/intents/answer-search.js';
import { createAnswering } from '../../../../bot/nlu/intents/answering.js';
import { learnAnswersIndex } from '../../../../bot/nlu/intents/learn-answers-index.js';
import { lazy } from '../../../../bot/nlu/lazy.js';
import { tokens } from '../../../../bot/nlu/text/tokens.js';
import { choiceOf, createUnderstanding, type Understood } from '../../../../bot/nlu/understand.js';
import { allAnswers, answerWords } from '../../../../cards/content/answers.js';
import { LANGS, type Lang } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { findContent, understand, understandWithoutDanger } from '../learned.js';
import { type PieceLine, readPieceLines } from '../lines.js';

const QUESTIONS = readPieceLines('answers/questions.tsv');
const HELD_OUT = readPieceLines('answers/held-out.tsv');
const HELD_OUT_2 = readPieceLines('answers/held-out-2.tsv');
const HELD_OUT_3 = readPieceLines('answers/held-out-3.tsv');
const HELD_OUT_4 = readPieceLines('answers/held-out-4.tsv');
const HELD_OUT_5 = readPieceLines('answers/held-out-5.tsv');
const HELD_OUT_6 = readPieceLines('answers/held-out-6.tsv');
const ASKED = { nl: dutchAsked, en: englishAsked } as const;

describe('a question', () => {
  it('gets its direct answer at first sight, in each file', async () => {
    expect(
      await faultsOf(
        [
          ['questions.tsv', QUESTIONS, 0.95],
          ['held-out.tsv', HELD_OUT, 0.9],
          ['held-out-2.tsv', HELD_OUT_2, 0.8],
          ['held-out-3.tsv', HELD_OUT_3, 0.88],
          ['held-out-4.tsv', HELD_OUT_4, 0.8],
          ['held-out-5.tsv', HELD_OUT_5, 0.9],
          ['held-out-6.tsv', HELD_OUT_6, 0.75],
        ] as const,
        (file, lines, least) => {
          const seen = lines.map((line) => [line, sight(line)] as const);
          const of = (what: ReturnType<typeof sight>) =>
            seen.filter(([, saw]) => saw === what).map(([line]) => line);
          const [landed, offered] = [of('landed').length, of('offered').length];
          const lost = of('lost').map(({ text }) => text);
          process.stdout.write(
            `${file}: of ${lines.length} answered ${landed}, offered ${offered}; lost: ${lost.join(' | ')}\n`,
          );
          expect((landed + offered) / lines.length).toBeGreaterThanOrEqual(least);
        },
      ),
    ).toEqual([]);
  });

  it('is answered in the words of each example, whatever its capitals, marks or fillers', () => {
    for (const lang of LANGS) {
      for (const [id, texts] of Object.entries(ASKED[lang])) {
        for (const text of texts.slice(0, 1)) {
          for (const changed of [`${text.toUpperCase()}?`, `  ${text.replaceAll(' ', '  ')}`]) {
            // Danger is looked for before, and has its own tests.
            expect([changed, answerOf(understandWithoutDanger(changed))]).toEqual([changed, id]);
          }
        }
      }
    }
  });

  it('offers three answers at most, none twice', () => {
    for (const { text } of [...QUESTIONS, ...HELD_OUT]) {
      const offered = understand(text).also.flatMap((one) => ('answer' in one ? [one.answer] : []));
      expect(offered.length).toBeLessThanOrEqual(3);
      expect(new Set(offered).size).toBe(offered.length);
    }
  });

  it('is answered for who asks', async () => {
    expect(
      await faultsOf(
        [
          ['moet ik zeggen wat ik heb', 'tell-illness'],
          ['mag ik vragen wat hij heeft', 'sick-ask-cause'],
          ['mag ik op vakantie als ik ziek ben', 'sick-holiday'],
          ['mag mijn medewerker op vakantie nu hij ziek is', 'sick-holiday-manager'],
          ['kan mijn baas mij ontslaan als ik ziek ben', 'sick-fired'],
          ['kan ik haar ontslaan nu ze ziek is', 'sick-fire'],
          ['mag mijn baas weten dat ik schulden heb', 'debt-self'],
          ['een medewerker van mij heeft schulden', 'debt'],
          ['can i be fired when i am ill', 'sick-fired'],
          ['can i fire him when he is ill', 'sick-fire'],
        ],
        (text, id) => {
          expect(firstShown(text)).toBe(id);
        },
      ),
    ).toEqual([]);
  });

  it('is understood as people type it', async () => {
    expect(
      await faultsOf(
        [
          ['mag ik vragn wat ie heeft', 'sick-ask-cause'],
          ['mn mw is ziekgemeld, mag k m ff bellen', 'sick-reported-now'],
          ['kben zwanger wanneer moet k t zeggen op mn werk', 'pregnant-tell'],
          ['ff vragen hoe vaak moet ik bellen bij ziekte', 'sick-call-often'],
          ['twee colegas hebben steeds ruzi', 'quarrel-team'],
          ['wat doe ik als m begint te huilen', 'talk-crying'],
        ],
        (text, id) => {
          expect(firstShown(text)).toBe(id);
        },
      ),
    ).toEqual([]);
  });

  it('that asks to do something gets to do it', async () => {
    expect(
      await faultsOf(
        [
          ['leg een afspraak vast met Anouk', 'agreement'],
          ['fatima gaat met zwangerschapsverlof van 1 maart tot 15 juni', 'key-moments'],
          ['verzet de evaluatie met anouk naar 18 december', 'evaluations'],
          ['zet de meldingen uit', 'settings'],
          ['hoe begin ik het gesprek?', 'conversation'],
          ['met iemand praten', 'support'],
        ],
        (text, intent) => {
          const { landing, intent: meant } = understand(text);
          expect([meant, landing]).toEqual([intent, null]);
        },
      ),
    ).toEqual([]);
  });

  it('never comes before danger', () => {
    const { intent, landing } = understand('mag ik vragen wat hij heeft, ik wil niet meer leven');
    expect([intent, landing]).toEqual(['crisis', null]);
  });
});

describe('with a fifth of the examples held out', () => {
  /** The examples of a language: those that are learned, and what is asked instead of the others. */
  const split = (lang: Lang) => {
    const every = Object.entries(ASKED[lang]).flatMap(([id, texts]) => texts.map((text) => ({ id, text })));
    const kept = every.filter((_, at) => at % 5 !== 0);
    const asked = Object.fromEntries(
      allAnswers().map(({ id }) => [id, kept.filter((one) => one.id === id).map(({ text }) => text)]),
    );
    return {
      // Of those that are held out a fifth again is asked: six hundred say as much as three thousand.
      held: every.filter((_, at) => at % 25 === 0),
      search: createAnswerSearch(lang, learnAnswersIndex(lang, asked)),
    };
  };
  const once = (lang: Lang) =>
    lazy(() => {
      const made = split(lang);
      return () => made;
    });
  const of = { nl: once('nl'), en: once('en') };

  it('a question gets its answer at first sight, or one that is as near, and seldom another alone', () => {
    const less = createAnswering({ nl: of.nl().search, en: of.en().search });
    const understandLess = createUnderstanding(null, less, findContent);
    const held = LANGS.flatMap((lang) => of[lang]().held);
    const seen = held.map(({ id, text }) => {
      const understood = understandLess(text);
      const answer = answerOf(understood);
      const offered = choiceOf(understood).some((one) => 'answer' in one && one.answer === id);
      return { atOnce: answer === id || offered, other: answer !== null && answer !== id };
    });
    const [atOnce, other] = [seen.filter((one) => one.atOnce).length, seen.filter((one) => one.other).length];
    process.stdout.write(`of ${held.length} held out: at first sight ${atOnce}, another alone ${other}\n`);
    expect(atOnce / held.length).toBeGreaterThanOrEqual(0.57);
    expect(other / held.length).toBeLessThanOrEqual(0.07);
  });

  it('the answers are found again, in most cases among the three that can be offered', () => {
    for (const lang of LANGS) {
      const { held, search } = of[lang]();
      const near = held.filter(({ id, text }) =>
        search(tokens(text))
          .slice(0, 3)
          .some(({ landing }) => 'answer' in landing && landing.answer === id),
      );
      expect(near.length / held.length).toBeGreaterThanOrEqual(0.7);
    }
  });
});

describe('the answers', () => {
  it('are each asked in at least ten ways in Dutch and five in English, none for two answers', () => {
    for (const lang of LANGS) {
      const ids = allAnswers().map(({ id }) => id);
      expect(Object.keys(ASKED[lang]).sort()).toEqual([...ids].sort());
      for (const [id, texts] of Object.entries(ASKED[lang])) {
        expect([id, texts.length >= (lang === 'nl' ? 10 : 5)]).toEqual([id, true]);
      }
      const all = Object.values(ASKED[lang])
        .flat()
        .map((text) => tokens(text).join(' '));
      expect(all.filter((text, at) => all.indexOf(text) !== at)).toEqual([]);
    }
  });

  it('begin with the answer: a question of yes or no gets one in its first words', () => {
    const closed = {
      nl: /^(?:mag|moet|kan|bouw|heb|ben|zeg|vertel|klopt|is|zijn|blijft|hebben)\b/i,
      en: /^(?:may|can|do|must|is|are|does)\b/i,
    };
    const direct = {
      nl: /\b(?:ja|nee|niet|geen|alleen|hangt|meestal|eerst|kan|gecondoleerd|keuze|liever|vragen mag|verplicht|hoeft|bereikbaar|opname|ziek gemeld)\b/i,
      en: /\b(?:yes|no|not|n’t|only|depends|usually|first|can|rather|choice|you may|required|sick leave|don’t)\b/i,
    };
    for (const lang of LANGS) {
      for (const { id } of allAnswers()) {
        const { question, answer } = answerWords(lang, id);
        if (closed[lang].test(question)) expect([id, direct[lang].test(answer)]).toEqual([id, true]);
      }
    }
  });
});

/** What is read first: the answer that is given, or the first of those to choose from. */
function firstShown(text: string): string | null {
  const understood = understand(text);
  const [first] = choiceOf(understood);
  return answerOf(understood) ?? (first !== undefined && 'answer' in first ? first.answer : null);
}

function answerOf({ landing }: Understood): string | null {
  return landing !== null && 'answer' in landing ? landing.answer : null;
}

function sight({ text, pieces }: PieceLine): 'landed' | 'offered' | 'lost' {
  const { landing, also, intent } = understand(text);
  // The card of some intents is the answer by itself: how to begin a conversation, one's settings.
  if (landing === null && also.length === 0 && pieces.includes(intent)) return 'landed';
  if (landing !== null && 'answer' in landing && pieces.includes(landing.answer)) return 'landed';
  if (landing !== null && 'piece' in landing && pieces.includes(landing.piece)) return 'landed';
  return also.some((one) => 'answer' in one && pieces.includes(one.answer)) ? 'offered' : 'lost';
}
