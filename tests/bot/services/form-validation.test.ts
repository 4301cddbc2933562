import { describe, expect, it } from 'vitest';
import { checkName, checkWhat, checkWhom } from '../../../bot/services/form-validation.js';
import { faultsOf } from '../../support/faults.js';

describe('field-rules: a text that is too long', () => {
  const long = 'burnout '.repeat(500);
  const screen = () => expect.unreachable('what is kept nowhere is not screened');
  const who = { known: '', name: long, person: '', sameAs: '' };

  it('is called so, whatever field it is of, and not screened', async () => {
    expect(
      await faultsOf<[string, () => unknown]>(
        [
          ['as a name', () => checkName(long, screen)],
          ['as the name of somebody new', () => checkWhom(who, { self: 'self', members: [], screen }).name],
          [
            'as the name of somebody on a list that cannot be read',
            () => checkWhom({ ...who, known: 'x' }, { self: 'self', members: null, screen }).name,
          ],
          ['as an agreement', () => checkWhat(long, screen)],
        ],
        (_what, check) => {
          expect(check()).toMatchObject({ id: expect.stringMatching(/Long$/) });
        },
      ),
    ).toEqual([]);
  });
});
