import { describe, expect, it } from 'vitest';
import { createDanger } from '../../../../bot/nlu/danger/danger.js';
import { withoutHelplineNames } from '../../../../bot/nlu/danger/helpline-names.js';

const judgeDanger = createDanger();
const inDanger = (text: string) => judgeDanger(text).step === 'sure';
const heard = (text: string) => inDanger(withoutHelplineNames(text));

describe('the name of a helpline where HR writes down where to turn to', () => {
  it.each([
    '113 Zelfmoordpreventie',
    'Stichting 113 zelfmoordpreventie, dag en nacht',
    'Suïcidepreventie GGZ',
    'National Suicide Prevention Lifeline',
    'https://www.113.nl',
    '{"name":"113 Zelfmoordpreventie","phone":"0800-0113"}',
  ])('is no danger: %s', (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each(['ik wil zelfmoord plegen', '113 Zelfmoordpreventie, ik wil dood', 'ik denk aan zelfdoding'])(
    'leaves a cry for help what it is: %s',
    (text) => {
      expect(heard(text)).toBe(true);
    },
  );
});
