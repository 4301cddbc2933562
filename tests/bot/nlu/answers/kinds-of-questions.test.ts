import { describe, expect, it } from 'vitest';
import { firstSight } from '../../../../bot/nlu/first-sight.js';
import { choiceOf } from '../../../../bot/nlu/understand.js';
import { allAnswers } from '../../../../cards/content/answers.js';
import { pieceWords } from '../../../../cards/content/pieces.js';
import { crisisCard } from '../../../../cards/crisis/crisis.card.js';
import { faultsOf } from '../../../support/faults.js';
import { judgeDanger, understand } from '../learned.js';

/** What is asked, in several phrasings of both languages, and what may stand first. */
const KINDS: Readonly<
  Record<string, { readonly first: readonly string[]; readonly texts: readonly string[] }>
> = {
  'a number to call brings the numbers': {
    first: ['support'],
    texts: [
      'welk nummer kan ik bellen',
      "welk nummer kan ik 's nachts bellen",
      'wie kan ik vannacht bellen',
      'ik wil vannacht met iemand bellen',
      'is er een nummer dat ik in het weekend kan bellen',
      'Who can I call at night when I feel bad?',
      'which number can I call tonight',
      'I want to call someone tonight',
    ],
  },
  'who somebody is to talk to brings who they are': {
    first: ['support'],
    texts: [
      'wie is onze vertrouwenspersoon',
      'hoe heet de vertrouwenspersoon hier',
      'ik zoek de vertrouwenspersoon',
      'hoe bereik ik de bedrijfsarts',
      'who is our confidential adviser',
      'how do I reach the company doctor',
    ],
  },
  'a death in the family of an employee is no death of a colleague': {
    first: ['grief', 'life-grief'],
    texts: [
      "my employee's mother died",
      "an employee's father passed away yesterday",
      'my employee lost his wife',
      'the mother of one of my staff died last week',
      'de moeder van mijn medewerker is overleden',
      'de vrouw van een teamlid is gestorven',
    ],
  },
  'a conflict with a manager leads to who can help at work': {
    first: ['conflict-boss', 'quarrel-boss', 'bullied'],
    texts: [
      'ruzie met mijn leidinggevende',
      'ik heb ruzie met mijn baas',
      'gepest door mijn leidinggevende',
      'ik word gepest door mijn leidinggevende',
      'mijn baas pest me',
      'conflict with my manager',
      "I'm being bullied by my manager",
      'my boss and I keep arguing',
    ],
  },
  'being overworked and afraid to go back': {
    first: ['burnout-self', 'relapse'],
    texts: [
      'ik ben overspannen en durf niet terug naar mijn werk',
      'ik ben opgebrand en durf niet meer naar mijn werk',
      'burned out and scared to go back to work',
      'I am burnt out and afraid to return',
    ],
  },
  'somebody who calls in sick again and again': {
    first: ['often-sick'],
    texts: [
      'keeps calling in sick on Mondays',
      'my employee keeps calling in sick on Mondays',
      'meldt zich steeds op maandag ziek',
      'mijn medewerker is elke maandag ziek',
    ],
  },
  'asking about a diagnosis': {
    first: ['sick-ask-cause'],
    texts: [
      'Am I allowed to ask about a diagnosis?',
      'may I ask about the diagnosis',
      'mag ik naar een diagnose vragen',
      'mag ik naar de diagnose van mijn medewerker vragen',
    ],
  },
  'who filled in the scan': {
    first: ['scan-who'],
    texts: [
      'mag ik zien wie de scan invulde',
      'kan ik zien wie de scan heeft ingevuld',
      'ziet mijn baas wat ik in de scan heb ingevuld',
      'can I see who filled in the scan',
      'does my manager know what I answered in the team scan',
    ],
  },
  'one’s own care for somebody': {
    first: ['carer-self', 'care-leave'],
    texts: [
      'ik zorg voor mijn zieke moeder',
      'ik ben mantelzorger',
      'ik zorg voor mijn dementerende man, hoe vertel ik dat op mijn werk',
      'mantelzorg voor mijn vader is te zwaar naast mijn werk',
      'I care for my sick mother',
      'I am a carer for my dad, can I get time off',
    ],
  },
  'a colleague writes to one who is ill, which is no rhythm of calls': {
    first: ['colleague-message-sick'],
    texts: [
      'Mijn collega is al weken overspannen thuis, zou ik haar een appje kunnen sturen of laat ik haar beter met rust?',
      'mijn collega zit thuis met een burn-out, stuur ik iets',
      'my coworker is off with burnout, should I text her or leave her alone',
    ],
  },
  'a colleague carries what another leaves undone, and divides nobody’s work': {
    first: ['colleague-extra-work'],
    texts: [
      'door de uitval van een collega moeten wij al maanden haar werk erbij doen en nu begin ik zelf ook om te vallen',
      'wij vangen het werk van onze zieke collega op en houden het niet vol',
    ],
  },
  'a colleague wants to help': {
    first: ['colleague-help'],
    texts: [
      'mijn collega zit er helemaal doorheen hoe help ik',
      'my colleague is at the end of her tether, how can I help',
    ],
  },
  'HR is told what HR does about a diagnosis that was shared': {
    first: ['hr-diagnosis-shared'],
    texts: [
      'Een leidinggevende heeft de diagnose van een medewerker in een mail aan het hele MT gezet, wat moeten we nu doen als HR?',
    ],
  },
  'what may be on file is no question of how long': {
    first: ['hr-file-content'],
    texts: ['wat mag er in het verzuimdossier staan', 'What are we allowed to record about sick leave?'],
  },
  'somebody of one’s team comes back after a death': {
    first: ['grief-first-day'],
    texts: [
      'De moeder van een van mijn teamleden is vorige week overleden, ze komt maandag terug en ik weet niet wat ik moet zeggen',
    ],
  },
  'what somebody needs for themselves': {
    first: ['talk-confidential', 'sick-report-stress', 'opinion-own-work', 'return-questions'],
    texts: [
      'can I talk to someone confidentially?',
      'hoe meld ik me ziek met stress',
      'volgens de bedrijfsarts kan ik mijn eigen werk doen maar daar ben ik het niet mee eens',
      'nu ga ik na vier maanden weer naar kantoor en zie op tegen vragen van collega’s',
    ],
  },
  'misconduct that somebody heard of': {
    first: ['report-first', 'misconduct-heard'],
    texts: [
      'medewerker seksueel lastiggevallen door een klant',
      'een medewerker is seksueel geïntimideerd, wat doe ik',
      'an employee reports sexual harassment, what do I do',
    ],
  },
};

describe('a kind of question', () => {
  it('is answered at first sight in each of its phrasings', async () => {
    const lines = Object.entries(KINDS).flatMap(([kind, { first, texts }]) =>
      texts.map((text) => [kind, text, first] as const),
    );
    expect(
      await faultsOf(lines, (kind, text, first) => {
        const understood = understand(text);
        const [chosen] = choiceOf(understood);
        const { answer } = firstSight(understood, 'nl', judgeDanger(text).kind);
        // Of several that are as likely each is read with its first line, and the best one first.
        const shown = Object.values(chosen ?? { answer }).join();
        expect([kind, text, first.includes(shown) ? first : shown]).toEqual([kind, text, first]);
      }),
    ).toEqual([]);
  });
});

describe('somebody’s own care for a relative', () => {
  const OF_A_MANAGER = 'life-carer';

  it('is never answered by what a manager reads about an employee', async () => {
    const { texts } = KINDS['one’s own care for somebody'] ?? { texts: [] };
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const { landing, also } = understand(text);
      for (const shown of [landing, ...also]) {
        expect([text, shown]).not.toEqual([text, { piece: OF_A_MANAGER }]);
      }
    }
  });

  it('nor does an answer for employees lead on to it', () => {
    expect(pieceWords('nl', OF_A_MANAGER).title).toMatch(/^Je medewerker/);
    const leads = allAnswers().filter((one) => one.more.includes(OF_A_MANAGER));
    expect(leads.filter((one) => one.for.includes('employee'))).toEqual([]);
  });
});

describe('sexual misconduct that a manager hears of', () => {
  it('brings the numbers of the one to whom it happened, and what a manager does beside them', async () => {
    expect(
      await faultsOf(
        [
          [
            'een medewerker vertelt dat ze door een collega is aangerand, wat moet ik doen als leidinggevende',
          ],
          ['an employee was sexually assaulted by a colleague, what do I do as manager'],
        ],
        (text) => {
          const { step, kind } = judgeDanger(text);
          expect([step, kind]).toEqual(['sure', 'sexual']);
          const card = JSON.stringify(crisisCard('nl', 'sexual'));
          expect(card).toContain('0800-0188');
          expect(card).toContain('misconduct-heard');
        },
      ),
    ).toEqual([]);
  });
});
