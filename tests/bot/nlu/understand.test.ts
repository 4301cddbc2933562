import { describe, expect, it } from 'vitest';
import { INTENTS } from '../../../bot/nlu/intents/intent.js';
import { findAnswer } from '../../../cards/content/answers.js';
import { allPieces, findPiece } from '../../../cards/content/pieces.js';
import { faultsOf } from '../../support/faults.js';
import { understand } from './learned.js';
import { type Line, readLines, readPieceLines } from './lines.js';

const SITUATION_KINDS = ['life-event', 'misconduct', 'leave', 'words', 'distance', 'aftercare', 'engaged'];

// held-out.tsv was written before tuning and tuned on since; held-out-2.tsv and held-out-3.tsv were
// written after the last tuning.
// Lines of either never go into the examples as they are: a line that fails asks for a wider example or word.
const DEVELOPMENT = readLines('intents/development.tsv');
const HELD_OUT = readLines('intents/held-out.tsv');
const FRESH = readLines('intents/held-out-2.tsv');
const FRESHER = readLines('intents/held-out-3.tsv');

/** The piece or the direct answer that a text lands on. */
function landedOn(text: string): string | null {
  const { landing } = understand(text);
  if (landing === null || 'part' in landing) return null;
  return 'answer' in landing ? landing.answer : landing.piece;
}

/** It is the piece, or a direct answer from which the piece is one press. */
function leadsTo(landed: string, pieces: readonly string[]): boolean {
  return [landed, ...(findAnswer(landed)?.more ?? [])].some((one) => pieces.includes(one));
}

describe('understand', () => {
  it('takes each line of development.tsv for what it means, in its language', () => {
    const wrong = DEVELOPMENT.filter(({ text, intent, lang }) => {
      const understood = understand(text);
      return understood.intent !== intent || (understood.lang ?? 'nl') !== lang;
    });
    expect(wrong).toEqual([]);
  });

  it('understands the lines of each file that it has no examples of', async () => {
    expect(
      await faultsOf(
        [
          ['held-out.tsv', HELD_OUT, 0.95],
          ['held-out-2.tsv', FRESH, 0.9],
          ['held-out-3.tsv', FRESHER, 0.95],
        ] as const,
        (file, lines, least) => {
          expect(report(file, lines)).toBeGreaterThanOrEqual(least);
        },
      ),
    ).toEqual([]);
  });

  it('takes asking a whole team without names for the scan and nothing beside it, but not what one person wants unnamed', async () => {
    expect(
      await faultsOf(
        [
          'ik wil mijn team anoniem vragen hoe het gaat',
          'anoniem peilen hoe het met het team gaat',
          'kan mijn team anoniem aangeven hoe het gaat',
          'kan ik meten hoe het met mijn team gaat',
          'kan ik mijn medewerkers anoniem bevragen over de werkdruk',
          'ik wil weten wat mijn team echt vindt, zonder namen',
          'I want to ask my team anonymously how they are doing',
          'how can my team tell me anonymously how it is going',
        ],
        (text) => {
          const { intent, landing, also } = understand(text);
          expect({ intent, landing, answers: also.filter((one) => 'answer' in one) }).toEqual({
            intent: 'team-scan',
            landing: null,
            answers: [],
          });
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf(
        [
          'mijn team pest mij, kan ik dat anoniem melden',
          'kan ik anoniem met iemand praten',
          'ik wil anoniem een klacht indienen over het team',
          'kan ik anoniem iets melden over mijn leidinggevende',
          'can I report something anonymously',
        ],
        (text) => {
          expect(understand(text).intent).toBe('support');
        },
      ),
    ).toEqual([]);
  });

  it('leaves to whoever asks for their file whether it is what is kept here or the file of their employer', async () => {
    expect(
      await faultsOf(
        [
          'ik wil mijn dossier inzien',
          'mijn dossier inzien',
          'wat staat er in mijn dossier',
          'mijn personeelsdossier inzien',
          'I want to see my file',
          'my file',
        ],
        (text) => {
          const { landing, also } = understand(text);
          expect({ landing, also }).toEqual({
            landing: null,
            also: [{ intent: 'privacy' }, { answer: 'file-access' }],
          });
        },
      ),
    ).toEqual([]);
    expect(understand('mijn gegevens inzien')).toMatchObject({ intent: 'privacy', also: [] });
  });

  it('still finds a piece by the title that it had', async () => {
    expect(
      await faultsOf(
        [
          ['Handvat 1: wie doet wat?', 'handle-1-roles'],
          ['Handvat 2: wat kun je doen?', 'handle-2-actions'],
          ['handvat 5: vragen aan jezelf', 'handle-5-checklist'],
          ['Werk aanpassen: zes voorbeelden', 'adjustments-examples-work'],
          ['werk aanpassen wat hoort het team', 'adjustments-team'],
          ['Verzuim bij gemeenten in cijfers', 'approach-figures'],
          ['Step 3: what can you do?', 'handle-3-actions'],
          ['Adjusting work: are you stuck?', 'adjustments-stuck'],
        ] as const,
        (text, piece) => expect(understand(text).landing).toEqual({ piece }),
      ),
    ).toEqual([]);
  });

  it('names the language of nearly every line', () => {
    const lines = [...HELD_OUT, ...FRESH];
    const right = lines.filter(({ text, lang }) => (understand(text).lang ?? 'nl') === lang);
    expect(right.length / lines.length).toBeGreaterThanOrEqual(0.98);
  });

  it('puts danger before everything else, in spite of what nobody sees in it, and at the end of 10,000 characters', async () => {
    expect(
      await faultsOf(
        ['ik wil do\u00adod', 'ik wil niet\u200bmeer leven', 'i want to k\u200dill myself'],
        (text) => {
          expect(understand(text).intent).toBe('crisis');
        },
      ),
    ).toEqual([]);
    const { intent, confidence, also } = understand('kopje koffie plannen, ik wil niet meer leven');
    expect({ intent, confidence, also }).toEqual({ intent: 'crisis', confidence: 1, also: [] });
    const text = `${'vandaag was er overleg over de planning en de kosten '.repeat(190)} ik wil niet meer leven`;
    expect(understand(text).intent).toBe('crisis');
  });

  it('does not mind capitals, marks at the end and double spaces', () => {
    const changes: readonly ((text: string) => string)[] = [
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => `${text.replace(/[?.!]+$/, '')}?!`,
      (text) => `  ${text.replaceAll(' ', '   ')} `,
      (text) => `${text} 🙂`,
    ];
    // Every third line: each is understood six times, and more of them say nothing more.
    const lines = [...DEVELOPMENT, ...HELD_OUT].filter((_, at) => at % 3 === 0);
    const changed = lines.flatMap(({ text }) => {
      const { intent } = understand(text);
      return changes.filter((change) => understand(change(text)).intent !== intent).map(() => text);
    });
    expect(changed).toEqual([]);
  });

  it('takes for unknown what says nothing to it, and a wave for a greeting', async () => {
    expect(
      await faultsOf(
        ['', '   ', '🙂', '???', '12345', '€ 12,50', '\u0000', '-- --', '日本語', '👨‍👩‍👧'],
        (text) => {
          expect(understand(text).intent).toBe('unknown');
        },
      ),
    ).toEqual([]);
    expect(understand('👋').intent).toBe('menu');
  });

  it('offers the other when two intents are close', () => {
    const offered = [...HELD_OUT, ...FRESH].flatMap(({ text }) => understand(text).also);
    expect(offered.length).toBeGreaterThan(0);
    const intents = offered.flatMap((one) => ('intent' in one ? [one.intent] : []));
    expect(intents.every((intent) => INTENTS.includes(intent) && intent !== 'unknown')).toBe(true);
  });

  it('lands on the very piece, offers it, or shows the card of its subject', () => {
    const lines = readPieceLines('intents/pieces-held-out.tsv');
    const landed = lines.filter(({ text, pieces }) => {
      const landed = landedOn(text);
      return landed !== null && pieces.includes(landed);
    });
    const offered = lines.filter(({ text, pieces }) =>
      understand(text).also.some((one) => 'piece' in one && pieces.includes(one.piece)),
    );
    const wrong = lines.filter(({ text, pieces }) => {
      const landed = landedOn(text);
      return landed !== null && !pieces.includes(landed);
    });
    process.stdout.write(
      `pieces-held-out.tsv: of ${lines.length} landed ${landed.length}, offered ${offered.length}, wrong piece ${wrong.length}\n`,
    );
    expect(landed.length + offered.length).toBeGreaterThanOrEqual(18);
    expect(wrong).toEqual([]);
  });

  const asked = readPieceLines('intents/pieces-asked.tsv');

  it('leads at least ten ways of asking to each piece', async () => {
    expect(
      await faultsOf([...new Set(asked.map(({ pieces }) => pieces.join()))], (piece) => {
        const lines = asked.filter(({ pieces }) => pieces.join() === piece);
        const lost = lines.filter(({ text, pieces }) => {
          const landed = landedOn(text);
          // What is shown beside what was found is one press away as well.
          const beside = understand(text).also.flatMap((one) => ('piece' in one ? [one.piece] : []));
          return landed === null || ![landed, ...beside].some((one) => leadsTo(one, pieces));
        });
        expect(lines.length - lost.length, lost.map(({ text }) => text).join('; ')).toBeGreaterThanOrEqual(
          10,
        );
      }),
    ).toEqual([]);
  });

  it('has ways of asking for every piece about a situation', () => {
    const tried = new Set(asked.flatMap(({ pieces }) => pieces));
    const situations = allPieces().filter(({ id, kind }) => {
      const shelf = findPiece(id)?.shelf ?? '';
      return ['talk', 'employee', 'reading'].includes(shelf) || SITUATION_KINDS.includes(kind);
    });
    expect(situations.length).toBeGreaterThan(25);
    expect(situations.filter(({ id }) => !tried.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('gives somebody to talk to, and no advice for managers, to who writes about themselves', async () => {
    expect(
      await faultsOf(
        [
          'mijn vader is overleden',
          'mijn man is overleden',
          'ik ben in de rouw',
          'ik ga scheiden',
          'ik heb schulden',
          'ik ben mantelzorger',
          'ik heb kanker',
          'mijn moeder heeft kanker',
          'ik zit in de overgang en heb er last van',
          'ik word gepest door een collega',
          'ik word op mijn werk gediscrimineerd',
          'ik voel me overspannen',
          'ik wil met iemand praten',
          'my mother died',
          'I have debts',
          'my manager bullies me',
        ],
        (text) => {
          const { intent, landing, also } = understand(text);
          expect(intent).toBe('support');
          // An answer for an employee has somebody to talk to as its first button.
          const others = [landing, ...also].filter((one) => {
            if (one === null || 'intent' in one) return one !== null && one.intent !== 'support';
            const answer = 'answer' in one ? findAnswer(one.answer) : null;
            return answer?.for.includes('employee') !== true || answer.do !== 'support';
          });
          expect(others).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('still keeps a moment for who writes about one', async () => {
    expect(
      await faultsOf(
        [
          'verlof van Anouk toevoegen',
          'Karin gaat in maart met zwangerschapsverlof',
          'pensioen',
          'er begint maandag een nieuwe collega',
          'het kindje van een collega is geboren',
        ],
        (text) => {
          const { intent, landing } = understand(text);
          expect({ intent, landing }).toEqual({ intent: 'key-moments', landing: null });
        },
      ),
    ).toEqual([]);
  });

  it('keeps to the guide, the checklist and the sum when that is what was asked for', () => {
    for (const text of [
      'hoe begin ik het gesprek?',
      'wat kost verzuim',
      'help me een gesprek voorbereiden',
    ]) {
      expect(understand(text).landing, text).toBeNull();
    }
  });

  it('cannot tell the language of a word that both have', () => {
    expect(understand('dilemma').lang).toBeNull();
  });

  it('gives a confidence from 0 to 1, the same each time', () => {
    for (const { text } of FRESH) {
      const { confidence } = understand(text);
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
      expect(understand(text).confidence).toBe(confidence);
    }
  });

  it('reads 10,000 characters of other text to the end', () => {
    const text = Array.from({ length: 1_700 }, (_, at) => `w${((at * 7919) % 99_991).toString(36)}`).join(
      ' ',
    );
    expect(understand(text).intent).toBe('unknown');
  });
});

function report(file: string, lines: readonly Line[]): number {
  const wrong = lines.filter(({ text, intent }) => understand(text).intent !== intent);
  const share = (lines.length - wrong.length) / lines.length;
  process.stdout.write(
    `${file}: ${lines.length - wrong.length} of ${lines.length} right (${share.toFixed(3)})\n`,
  );
  for (const { text, intent } of wrong) {
    process.stdout.write(`  ${text} -> ${understand(text).intent}, not ${intent}\n`);
  }
  return share;
}
