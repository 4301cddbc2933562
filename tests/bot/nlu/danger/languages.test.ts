import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../support/faults.js';
import { judgeDanger as judge } from '../learned.js';
import { readTexts } from '../lines.js';

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

  it('is told so by another writer no worse than measured', () => {
    const lines = readTexts('danger/languages-2.tsv').map((line) => line.split('\t'));
    const found = lines.map(([, step, , text = '']) => ({ step, found: judge(text).step }));
    const danger = found.filter(({ step }) => step !== 'none');
    const everyday = found.filter(({ step }) => step === 'none');
    expect(danger.filter((one) => one.found !== 'none').length).toBeGreaterThanOrEqual(64);
    expect(everyday.filter((one) => one.found !== 'none').length).toBeLessThanOrEqual(2);
  });

  it('is not taken for danger where work, heat or a strict chief is spoken of in strong words', () => {
    const texts = readTexts('danger/languages-everyday.tsv').map((line) => line.split('\t')[1] ?? '');
    expect(texts.length).toBe(66);
    const taken = texts.filter((text) => judge(text).step !== 'none');
    expect(taken.length).toBeLessThanOrEqual(3);
    expect(taken.filter((text) => judge(text).step === 'sure')).toEqual([]);
  });

  it('is still heard of who cannot breathe, or is threatened by a chief, for another reason', async () => {
    expect(
      await faultsOf(
        [
          ['es', 'no puedo respirar, me duele el pecho'],
          ['es', 'mi jefe me va a matar si se lo cuento a la policía'],
          ['pt', 'não consigo respirar, dói-me o peito'],
          ['ro', 'nu pot să respir, mă doare pieptul'],
          ['tr', 'nefes alamıyorum, göğsüm sıkışıyor'],
        ],
        (_lang, text) => {
          expect(judge(text).step).not.toBe('none');
        },
      ),
    ).toEqual([]);
  });

  it('hears in each language who asks for someone to talk to', async () => {
    expect(
      await faultsOf(
        [
          ['de', 'ich brauche jemanden, ich möchte mit jemandem reden'],
          ['pl', 'chcę z kimś porozmawiać'],
          ['tr', 'biriyle konuşmak istiyorum'],
          ['uk', 'мені потрібна допомога'],
          ['ar', 'أريد التحدث مع أحد'],
        ],
        (lang, text) => {
          expect(judge(text)).toMatchObject({ step: 'none', lang, asksForSupport: true });
        },
      ),
    ).toEqual([]);
  });

  it('hears danger in a text without one usual word of its language', () => {
    expect(judge('zgwałcona')).toMatchObject({ step: 'sure', kind: 'sexual' });
    expect(judge('intihar')).toMatchObject({ step: 'sure', kind: 'suicide', lang: 'tr' });
  });

  it('takes the number of something else for no danger', async () => {
    expect(
      await faultsOf(
        [
          'afspraak nummer 113',
          'kamer 113',
          'artikel 113',
          'ik zit in kamer 113 op de eerste verdieping',
          'room 113',
          'factuur 113 is nog niet betaald',
        ],
        (text) => {
          expect(judge(text).step).toBe('none');
        },
      ),
    ).toEqual([]);
  });
});
