import { describe, expect, it } from 'vitest';
import { createDanger } from '../../../../bot/nlu/danger/danger.js';
import { readTexts } from '../lines.js';

const judge = createDanger();

describe('danger in the other languages of the workforce', () => {
  it('is told from everyday lines, with its kind, in the language of the words', () => {
    const lines = readTexts('danger/languages.tsv').map((line) => line.split('\t'));
    expect(lines.length).toBeGreaterThan(100);
    const wrong = lines.filter(([lang, step, kind, text = '']) => {
      const found = judge(text);
      return found.step !== step || (step !== 'none' && (found.kind !== kind || found.lang !== lang));
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['de', 'ich brauche jemanden, ich möchte mit jemandem reden'],
    ['pl', 'chcę z kimś porozmawiać'],
    ['tr', 'biriyle konuşmak istiyorum'],
    ['uk', 'мені потрібна допомога'],
    ['ar', 'أريد التحدث مع أحد'],
  ])('hears in %s who asks for someone to talk to', (lang, text) => {
    expect(judge(text)).toMatchObject({ step: 'none', lang, asksForSupport: true });
  });

  it('hears danger in a text without one usual word of its language', () => {
    expect(judge('zgwałcona')).toMatchObject({ step: 'sure', kind: 'sexual' });
    expect(judge('intihar')).toMatchObject({ step: 'sure', kind: 'suicide', lang: 'tr' });
  });

  it.each([
    'afspraak nummer 113',
    'kamer 113',
    'artikel 113',
    'ik zit in kamer 113 op de eerste verdieping',
    'room 113',
    'factuur 113 is nog niet betaald',
  ])('takes the number of something else for no danger: %s', (text) => {
    expect(judge(text).step).toBe('none');
  });
});
