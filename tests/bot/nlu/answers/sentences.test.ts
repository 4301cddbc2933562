import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../../../bot/nlu/text/sentences.js';
import { choiceOf } from '../../../../bot/nlu/understand.js';
import { findPiece } from '../../../../cards/content/pieces.js';
import { faultsOf } from '../../../support/faults.js';
import { understandWithoutDanger as understand } from '../learned.js';
import { readPieceLines } from '../lines.js';

const SENTENCES = readPieceLines('answers/sentences.tsv');

describe('a text of several sentences', () => {
  it('is divided where a sentence ends, and says which of them asks', () => {
    expect(sentencesOf('Ze is ziek. Mag ik vragen wat er is? Ik wil het goed doen!')).toEqual([
      { words: ['ze', 'is', 'ziek'], asks: false },
      { words: ['mag', 'ik', 'vragen', 'wat', 'er', 'is'], asks: true },
      { words: ['ik', 'wil', 'het', 'goed', 'doen'], asks: false },
    ]);
    expect(sentencesOf('Mag ik vragen wat er is?')).toEqual([]);
    expect(sentencesOf('Ze is al weken ziek. Help.')).toEqual([]);
    expect(sentencesOf('\n . ?! \n')).toEqual([]);
  });

  it('gets the answer to what is asked, whatever is told around it', () => {
    const landed = SENTENCES.filter(({ text, pieces }) => {
      const { landing } = understand(text);
      return landing !== null && 'answer' in landing && pieces.includes(landing.answer);
    });
    const offered = SENTENCES.filter(({ text, pieces }) =>
      choiceOf(understand(text)).some((one) => 'answer' in one && pieces.includes(one.answer)),
    );
    process.stdout.write(
      `sentences.tsv: of ${SENTENCES.length} answered ${landed.length}, offered ${offered.length}\n`,
    );
    expect(landed.length / SENTENCES.length).toBeGreaterThanOrEqual(0.75);
    expect((landed.length + offered.length) / SENTENCES.length).toBeGreaterThanOrEqual(0.85);
  });

  it('keeps an answer that one sentence is sure of when others are told before and after it', async () => {
    expect(
      await faultsOf(
        [
          'Vier dagen geleden kwam ik terug.',
          'Het regent hier al de hele week.',
          'Ik zit nu thuis op de bank.',
        ].flatMap((told) =>
          (
            [
              ['Ik drink te veel.', 'drink-self'],
              ['Hoe vaak moet ik bellen bij ziekte?', 'sick-call-often'],
              ['Mag ik vragen wat mijn medewerker heeft?', 'sick-ask-cause'],
            ] as const
          ).map(([text, answer]) => [`${told} ${text}`, answer] as const),
        ),
        (text, answer) => {
          const understood = understand(text);
          const [first = null] = understood.landing === null ? choiceOf(understood) : [understood.landing];
          expect(first).toEqual({ answer });
        },
      ),
    ).toEqual([]);
  });
});

describe('a person who is known to be HR', () => {
  it('gets what is written for HR where the organisation is asked about, and their own answer about themselves', async () => {
    expect(
      await faultsOf(
        [
          ['wat kunnen wij als organisatie doen voor mantelzorgers', 'carer-policy'],
          ['leidinggevenden verdedigen zich tegen de uitslag', 'survey-managers'],
          ['ik drink te veel', 'drink-self'],
        ],
        (text, answer) => {
          expect(understand(text, true).landing).toEqual({ answer });
        },
      ),
    ).toEqual([]);
  });
});

describe('somebody who tells how it is with themselves', () => {
  it('never gets the checklist about one whom one leads', async () => {
    expect(
      await faultsOf(
        [
          ['ik ben snel geirriteerd'],
          ['ik maak steeds fouten en trek me terug'],
          ['ik ben de laatste tijd snel boos en moe'],
          ['i am irritable and keep forgetting things'],
        ],
        (text) => {
          const { intent, landing, also } = understand(text);
          const piece = landing !== null && 'piece' in landing ? findPiece(landing.piece) : null;
          expect(piece?.shelf).not.toBe('signals');
          expect(landing === null && also.length === 0 ? intent : '').not.toBe('signals');
        },
      ),
    ).toEqual([]);
  });
});

describe('who speaks', () => {
  const EMPLOYEE_ONLY =
    /^(?:drink-self|debt-self|debt-who|tell-illness|sick-holiday|sick-go-out|sick-fired|grief-self)$/;
  const MANAGER_ONLY =
    /^(?:drink|debt|sick-fire|sick-holiday-manager|life-money|life-carer|life-grief|grief)$/;

  it('is told from what is said of oneself and of another, and no answer is for the other of the two', async () => {
    expect(
      await faultsOf(
        [
          ['ik drink te veel en wil niet dat ze het op kantoor weten', MANAGER_ONLY],
          ['Ik drink te veel. Ik wil niet dat ze het weten.', MANAGER_ONLY],
          ['ik heb geldzorgen en schaam me', MANAGER_ONLY],
          ['mijn vrouw is overleden en ik kan haar spullen niet eens opruimen', MANAGER_ONLY],
          ['Mijn moeder heeft dementie. Wat kan ik regelen op mijn werk?', MANAGER_ONLY],
          ['een jongen in mijn team heeft geldzorgen', EMPLOYEE_ONLY],
          ['mijn medewerker drinkt te veel', EMPLOYEE_ONLY],
          ['ziek wat vragen mag ik', EMPLOYEE_ONLY],
          ['wat mag ik vragen ziek', EMPLOYEE_ONLY],
          ['ziek wat vragne mag ik', EMPLOYEE_ONLY],
        ] as const,
        (text, never) => {
          const understood = understand(text);
          const first = understood.landing ?? choiceOf(understood)[0] ?? { intent: understood.intent };
          expect(Object.values(first).join()).not.toMatch(never);
        },
      ),
    ).toEqual([]);
  });
});
