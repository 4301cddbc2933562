import { describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { createSupport } from '../../../../bot/features/support/support.handler.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { aTurn, cardOf, textsOf } from '../../../support/sample-turns.js';

const support = createSupport({ of: async (tenant) => defaultOrganisation(tenant) });
const TOLD = { nl: 'mijn vader is overleden', en: 'my father passed away' } as const;
const OTHER = { nl: 'ik wil met iemand praten', en: 'I want to talk to someone' } as const;

describe('somebody to talk to', () => {
  it('begins with condolences in each language for whoever tells of a death, and for nobody else', async () => {
    expect(
      await faultsOf(LANGS, async (lang) => {
        const shown = async (text: string) =>
          textsOf(await support.open(aTurn({ lang, said: { kind: 'text', text } }))).join(' ');
        const { grief } = messagesFor(lang).support;
        expect(await shown(TOLD[lang])).toContain(grief);
        expect(await shown(OTHER[lang])).not.toContain(grief);
      }),
    ).toEqual([]);
  });

  it('shows first who was asked for, folds the others, and says whom to ask where HR filled in nobody', async () => {
    expect(
      await faultsOf(
        [
          ['nl', 'vertrouwenspersoon', 'vertrouwenspersoon'],
          ['nl', 'wie is onze vertrouwenspersoon', 'vertrouwenspersoon'],
          ['nl', 'luisterlijn', 'luisterlijn'],
          ['nl', 'nummer van de bedrijfsarts', 'bedrijfsarts'],
          ['nl', 'veilig thuis', 'veilig-thuis'],
          ['en', 'who is the company doctor', 'bedrijfsarts'],
        ] as const,
        async (lang, text, id) => {
          const { support: words } = messagesFor(lang);
          const card = cardOf(await support.open(aTurn({ lang, said: { kind: 'text', text } })));
          const texts = (visible: boolean) => JSON.stringify(visible ? withoutFolded(card.body) : card.body);
          const shown = Object.entries(words.contacts).filter(([, { what }]) =>
            texts(true).includes(JSON.stringify(what)),
          );
          expect(shown.map(([contact]) => contact)).toEqual([id]);
          expect(texts(true)).toContain('tel:113');
          for (const [contact, { what }] of Object.entries(words.contacts))
            if (contact !== 'emergency-112') expect(texts(false)).toContain(JSON.stringify(what));
        },
      ),
    ).toEqual([]);
    const said = async (text: string) => textsOf(await support.open(aTurn({ said: { kind: 'text', text } })));
    const { askHr } = messagesFor('nl').support;
    expect(await said('vertrouwenspersoon')).toContain(askHr);
    expect(await said('geldfit')).not.toContain(askHr);
  });
});

/** What stands on a card before anything is folded out. */
function withoutFolded(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutFolded);
  if (typeof part !== 'object' || part === null) return part;
  if ('isVisible' in part && part.isVisible === false) return null;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutFolded(value)]));
}
