import { describe, expect, it } from 'vitest';
import { withoutHelplineNames } from '../../../../bot/nlu/danger/helpline-names.js';
import { faultsOf } from '../../../support/faults.js';
import { judgeDanger } from '../learned.js';

const inDanger = (text: string) => judgeDanger(text).step === 'sure';
const heard = (text: string) => inDanger(withoutHelplineNames(text));

describe('the name of a helpline where HR writes down where to turn to', () => {
  it('is no danger', async () => {
    expect(
      await faultsOf(
        [
          '113 Zelfmoordpreventie',
          'Stichting 113 zelfmoordpreventie, dag en nacht',
          'Suïcidepreventie GGZ',
          'National Suicide Prevention Lifeline',
          'https://www.113.nl',
          '{"name":"113 Zelfmoordpreventie","phone":"0800-0113"}',
        ],
        (text) => {
          expect(heard(text)).toBe(false);
        },
      ),
    ).toEqual([]);
  });

  it('leaves a cry for help what it is', async () => {
    expect(
      await faultsOf(
        ['ik wil zelfmoord plegen', '113 Zelfmoordpreventie, ik wil dood', 'ik denk aan zelfdoding'],
        (text) => {
          expect(heard(text)).toBe(true);
        },
      ),
    ).toEqual([]);
  });
});
