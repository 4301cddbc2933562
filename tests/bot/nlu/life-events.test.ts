import { describe, expect, it } from 'vitest';
import { speaksOfDeath, speaksOfLifeEvent } from '../../../bot/nlu/life-events.js';
import { faultsOf } from '../../support/faults.js';

describe('a life event', () => {
  it('is known in both languages, a death where one is told of, and is not what can be recorded', async () => {
    expect(
      await faultsOf(
        [
          ['nl', 'een collega gaat scheiden'],
          ['nl', 'de moeder van Joris is overleden'],
          ['nl', 'hij zit in de schulden'],
          ['en', 'my employee is getting divorced'],
          ['en', 'her father passed away'],
        ] as const,
        (lang, text) => {
          expect(speaksOfLifeEvent(text, lang)).toBe(true);
        },
      ),
    ).toEqual([]);
    expect(speaksOfDeath('mijn vader is overleden', 'nl')).toBe(true);
    expect(speaksOfDeath('my mother died', 'en')).toBe(true);
    expect(speaksOfDeath('ik ga scheiden', 'nl')).toBe(false);
    for (const text of ['mijn pc is dood', 'de batterij is helemaal dood', 'my phone is dead'])
      expect(speaksOfDeath(text, 'nl') || speaksOfDeath(text, 'en'), text).toBe(false);
    expect(speaksOfDeath('mijn vader is dood, ik las het op mijn telefoon', 'nl')).toBe(true);
    expect(
      await faultsOf(
        [
          ['nl', 'Fatima gaat met zwangerschapsverlof van 1 maart tot 15 juni'],
          ['nl', 'Joris gaat 1 mei met pensioen'],
          ['nl', 'Anouk werkt hier tien jaar'],
          ['en', 'Jan is retiring in the summer'],
        ] as const,
        (lang, text) => {
          expect(speaksOfLifeEvent(text, lang)).toBe(false);
        },
      ),
    ).toEqual([]);
  });
});
