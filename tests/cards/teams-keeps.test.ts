import { expect, it } from 'vitest';
import { homePage } from '../../bot/http/pages/home-page.js';
import { privacyPage } from '../../bot/http/pages/privacy-page.js';
import { contact } from '../../cards/content/contacts.js';
import { LANGS, type Lang, messagesFor } from '../../cards/content/words.js';
import { welcomeCard } from '../../cards/welcome/welcome.card.js';
import english from '../../manifest/en.json' with { type: 'json' };
import manifest from '../../manifest/manifest.json' with { type: 'json' };
import { faultsOf } from '../support/faults.js';
import { samples } from './samples.js';

const PHONE = contact('luisterlijn').phone ?? '';
const FACTS = { version: '0.2.0', supportContact: null };

function placesIn(lang: Lang): readonly (readonly [string, string])[] {
  const supports = samples().filter((one) => one.lang === lang && /^(support|own people)/.test(one.name));
  return [
    ['the privacy statement', privacyPage(lang)],
    ['the page at the address of the bot', homePage(lang, FACTS)],
    ['the description in Teams', lang === 'nl' ? manifest.description.full : english['description.full']],
    ...(['new', 'back', 'privacy'] as const).map(
      (occasion) => [`the welcome, ${occasion}`, JSON.stringify(welcomeCard(lang, occasion))] as const,
    ),
    ...supports.map(({ name, card }) => [name, JSON.stringify(card)] as const),
  ];
}

it('is said wherever nothing is said to be kept: the chat itself can be found, and a phone is another way', async () => {
  for (const lang of LANGS) {
    const { teams } = messagesFor(lang);
    const places = placesIn(lang);
    expect(places.length).toBeGreaterThan(9);
    expect(
      await faultsOf(places, (_place, text) => {
        expect(text).toContain(teams.chat);
        const [before = '', after = ''] = teams.call.split('{phone}');
        const oneNumber = text.includes(before) && text.includes(PHONE) && text.includes(after);
        // A card with numbers on it names none again.
        expect(oneNumber || text.includes(teams.callAnyone)).toBe(true);
      }),
    ).toEqual([]);
  }
});

it('is on the first screen of the welcome, and not behind a button', () => {
  for (const lang of LANGS) {
    const card = welcomeCard(lang, 'new') as { body: readonly { id?: string; text?: string }[] };
    const open = card.body.filter(({ id }) => id !== 'kept').map(({ text }) => text ?? '');
    expect(open.some((text) => text.includes(messagesFor(lang).teams.chat))).toBe(true);
  }
});
