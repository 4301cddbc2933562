import { describe, expect, it } from 'vitest';
import { measuresFor, readSearch } from '../../../../bot/features/measures/measures.rules.js';
import { allMeasures } from '../../../../cards/content/pieces.js';

const ANY = { theme: '', level: '', effect: '' };
const all = allMeasures();

describe('the finder of measures', () => {
  it('shows all 52 in five themes when nothing is chosen, and combines theme, level and effect freely', () => {
    expect(measuresFor(all, ANY)).toHaveLength(52);
    expect(measuresFor(all, { theme: 'any', level: 'any', effect: 'any' })).toHaveLength(52);
    const themes = [...new Set(all.map(({ theme }) => theme))];
    expect(themes).toHaveLength(5);
    const found = themes.flatMap((theme) => measuresFor(all, { ...ANY, theme }));
    expect(found).toHaveLength(52);
    for (const { theme } of all) {
      for (const level of ['organisation', 'team', 'person']) {
        for (const effect of ['drain', 'source']) {
          for (const found of measuresFor(all, { theme, level, effect })) {
            expect(found.theme).toBe(theme);
            expect(found.level).toContain(level);
            expect(found.effect).toContain(effect);
          }
        }
      }
    }
    const people = measuresFor(all, { ...ANY, level: 'person' });
    expect(people.length).toBeGreaterThan(0);
    expect(people.length).toBeLessThan(52);
  });

  it('searches by ids and titles, and by nothing that it does not know', () => {
    expect(readSearch({ theme: 'Mentale vitaliteit', level: 'team', effect: '' })).toEqual({
      theme: 'mental-vitality',
      level: 'team',
      effect: 'any',
    });
    expect(readSearch({ ...ANY, level: 'Maakt niet uit' })).toMatchObject({ level: 'any' });
    for (const unknown of ['Onbekend', '__proto__'])
      expect(readSearch({ ...ANY, level: unknown })).toBeNull();
  });
});
