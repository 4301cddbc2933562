import { describe, expect, it } from 'vitest';
import { type RecordedAgreement, recordsDocument } from '../../cards/about/records-document.js';
import { LANGS, type Lang, messagesFor } from '../../cards/content/words.js';
import { faultsOf } from '../support/faults.js';
import { agreementView, longAgreementView } from './samples.js';

const DAY = '2027-01-12';
const { about: WORDS, export: EXPORT } = messagesFor('nl');

function recorded(
  agreement: Partial<RecordedAgreement['agreement']> = {},
  more: Partial<Omit<RecordedAgreement, 'agreement' | 'kind'>> = {},
): RecordedAgreement {
  return {
    kind: 'agreement',
    agreement: { ...agreementView(), evaluations: [], ...agreement },
    since: '2027-01-08',
    changed: '2027-01-10',
    until: null,
    answered: null,
    ...more,
  };
}

/** A document as somebody reads it, a line for each block. */
function linesOf(records: readonly RecordedAgreement[], lang: Lang = 'nl'): string[] {
  const { title, blocks } = recordsDocument(lang, records, { day: DAY });
  const lines = blocks.map((block) => {
    if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${block.text}`;
    if (block.kind === 'fact') return `${block.title}: ${block.value}`;
    return block.kind === 'item' ? `- ${block.text}` : block.text;
  });
  return [`# ${title}`, ...lines];
}

describe('the document with all that is recorded about somebody', () => {
  it('reads from title to what is never in it', () => {
    expect(linesOf([recorded()])).toEqual([
      '# Wat er over jou is vastgelegd',
      'Gemaakt op dinsdag 12 januari 2027',
      EXPORT.document.intro,
      WORDS.recordsLimits,
      '## Afspraken met Mila de Wit',
      'Vastgelegd door: Mila de Wit',
      'Jouw naam hierin: Sanne',
      'Vastgelegd op: vrijdag 8 januari 2027',
      'Laatst veranderd op: zondag 10 januari 2027',
      'Hoe lang: Blijft staan zolang jullie ermee werken',
      `Nummer: ${agreementView().id}`,
      'Gesprek: vrijdag 8 januari 2027',
      'Erbij waren: Mila de Wit, Jij',
      'Onderwerpen: Taken en wat eerst komt, Werktijden en rooster',
      'Volgende evaluatie: dinsdag 12 januari 2027',
      'Begint erover: Mila de Wit',
      'Daarna: Elke twee weken',
      '### Wat jullie afspraken',
      '- De klantvragen gaan naar Joris (Mila de Wit · vr 8 jan 2027 tot en met vr 15 jan 2027)',
      '- Sanne begint om tien uur (Jij · wo 13 jan 2027)',
      '### Wanneer jullie evalueerden',
      'Jullie hebben nog niet geëvalueerd.',
      '### Wat jij antwoordde',
      'Je hebt nog geen antwoord gegeven.',
      `## ${EXPORT.notHereTitle}`,
      ...EXPORT.notHere.map((line) => `- ${line}`),
      '## Wat er nooit in staat',
      WORDS.recordsNever,
    ]);
  });

  it('says so where there is nothing', () => {
    const lines = linesOf([]);
    expect(lines).toContain(WORDS.recordsEmpty);
    expect(lines).not.toContain(EXPORT.document.intro);
    expect(lines.filter((line) => line.startsWith('## '))).toEqual([
      `## ${EXPORT.notHereTitle}`,
      `## ${EXPORT.document.neverTitle}`,
    ]);
  });

  it('has a section for each record, in the order in which they come', () => {
    const names = ['Mila', 'Anna', 'Mila'];
    const lines = linesOf(names.map((managerName) => recorded({ managerName })));
    expect(lines.filter((line) => line.startsWith('## Afspraken'))).toEqual(
      names.map((name) => `## Afspraken met ${name}`),
    );
  });

  it('tells of one that is closed when it goes, and of no next evaluation', () => {
    const lines = linesOf([recorded({ status: 'closed' }, { until: '2028-01-10' })]);
    expect(lines).toContain('Hoe lang: Afgesloten. Wordt vanzelf verwijderd op maandag 10 januari 2028');
    expect(lines.join()).not.toContain('Volgende evaluatie');
  });

  it('tells whose it was before a handover', () => {
    expect(linesOf([recorded({ movedFrom: 'Anna' })])).toContain('Eerst vastgelegd door: Anna');
  });

  it('tells of each evaluation what came of each agreement, and of what is no longer there', () => {
    const lines = linesOf([
      recorded({
        evaluations: [
          { day: '2027-01-20', planned: '2027-01-20', outcomes: { 1: 'works', 9: 'stop' } },
          { day: '2027-02-03', planned: '2027-02-01', outcomes: { 1: 'adjust' } },
          { day: '2027-02-10', outcomes: {} },
        ],
      }),
    ]);
    expect(lines).toContain(
      '- woensdag 20 januari 2027: De klantvragen gaan naar Joris: Werkt; Een afspraak die er niet meer staat: Gestopt',
    );
    expect(lines).toContain(
      '- woensdag 3 februari 2027 (afgesproken voor maandag 1 februari 2027): De klantvragen gaan naar Joris: Aangepast',
    );
    expect(lines).toContain('- woensdag 10 februari 2027: geen uitkomst vastgelegd');
  });

  it('tells what the employee answered, and when', () => {
    const asked = recorded(
      {
        answer: 'change-asked',
        changeAsked: {
          subjects: ['days', 'evaluation'],
          note: 'Graag 9|17 uur | en later',
          askedAt: '2027-01-11T09:00:00.000Z',
          handledAt: null,
          reply: null,
        },
      },
      { answered: '2027-01-11' },
    );
    const lines = linesOf([asked]);
    expect(lines).toContain('Je wilt iets anders. Het gaat over: De dagen, De evaluatie');
    expect(lines).toContain('Je zei erbij: Graag 9|17 uur | en later');
    expect(lines).toContain('Je antwoordde op maandag 11 januari 2027.');
    expect(linesOf([recorded({ answer: 'confirmed' })])).toContain('Je zei dat het klopt.');
  });

  it('tells what the employee asked for also after the agreement was changed, and whether it was discussed', () => {
    const changeAsked = {
      subjects: ['days'],
      note: 'Graag 9|17 uur',
      askedAt: '2027-01-11T09:00:00.000Z',
      handledAt: null,
      reply: null,
    } as const;
    const later = { answer: 'on-its-way', changeAsked } as const;
    expect(linesOf([recorded(later)])).toContain(
      'Je vroeg om iets anders. Het gaat over: De dagen. Mila de Wit heeft nog niet gezegd dat jullie het hebben besproken. Je zei erbij: Graag 9|17 uur',
    );
    const handled = {
      ...later,
      changeAsked: { ...changeAsked, handledAt: '2027-01-12T09:00:00.000Z', reply: null },
    };
    expect(linesOf([recorded(handled)]).join()).toContain(
      'Mila de Wit zegt dat jullie het hebben besproken.',
    );
  });

  it('has a sentence for each answer that there may be, in each language', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const answers = Object.keys(
          messagesFor('nl').agreement.answer,
        ) as (keyof typeof EXPORT.document.answer)[];
        expect(Object.keys(messagesFor(lang).export.document.answer)).toEqual(answers);
        for (const answer of answers)
          expect(linesOf([recorded({ answer })], lang).join()).not.toMatch(/\{|undefined/);
      }),
    ).toEqual([]);
  });

  it('shows names and agreements as they were typed, in one line each', () => {
    const items = [{ ...agreementView().items[0]!, what: 'a_b* [c](https://d)\nTitel: e' }];
    const lines = linesOf([recorded({ managerName: 'Anne-Marie *x* <b>', items })]);
    expect(lines).toContain('## Afspraken met Anne-Marie *x* <b>');
    expect(lines).toContain(
      '- a_b* [c](https://d) Titel: e (Anne-Marie *x* <b> · vr 8 jan 2027 tot en met vr 15 jan 2027)',
    );
  });

  it('has no word of ours left unfilled in the longest, in each language', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const long = {
          ...longAgreementView(),
          evaluations: [{ day: DAY, outcomes: { 1: 'works' } as const }],
        };
        expect(linesOf([recorded(long)], lang).join('\n')).not.toMatch(
          /\{(day|manager|what|outcome|subjects)\}/,
        );
      }),
    ).toEqual([]);
  });
});
