import { describe, expect, it } from 'vitest';
import { asMeant, problemsOf } from '../../../../bot/features/leaver/leaver.rules.js';
import { faultsOf } from '../../../support/faults.js';
import { noMigraine } from '../../../support/recording-scene.js';
import { MANAGER } from '../../../support/sample-records.js';

const NEXT = 'd4d4d4d4-0000-4000-8000-000000000004';
/** Who of HR asks. */
const SELF = 'c3c3c3c3-0000-4000-8000-000000000003';
const MOVE = { leaver: MANAGER, what: 'move', successor: NEXT, name: 'Ahmed' };
const DELETE = { leaver: MANAGER, what: 'delete', successor: '', name: '' };

describe('leaver.rules: the form', () => {
  it('says what is wrong with what was chosen', async () => {
    expect(
      await faultsOf(
        [
          ['somebody goes on', MOVE, {}],
          ['it is deleted', DELETE, {}],
          ['nobody leaves', { ...MOVE, leaver: '' }, { leaver: 'leaver' }],
          ['a name stands where a person belongs', { ...MOVE, leaver: 'Mila' }, { leaver: 'leaver' }],
          ['nothing was chosen', { ...MOVE, what: '' }, { what: 'what' }],
          ['nobody goes on', { ...MOVE, successor: '' }, { successor: 'successor' }],
          ['who asks is who leaves', { ...MOVE, leaver: SELF }, { leaver: 'leaverSelf' }],
          [
            'who asks is who leaves and all is deleted',
            { ...DELETE, leaver: SELF },
            { leaver: 'leaverSelf' },
          ],
          ['who asks goes on', { ...MOVE, successor: SELF }, { successor: 'successorSelf' }],
          ['who leaves goes on', { ...MOVE, successor: MANAGER }, { successor: 'same' }],
          ['it is deleted and somebody goes on', { ...DELETE, successor: NEXT }, { successor: 'both' }],
          ['who goes on has no name', { ...MOVE, name: '' }, { name: 'name' }],
          ['the name is too long', { ...MOVE, name: 'x'.repeat(61) }, { name: 'nameLong' }],
          [
            'the name holds what is private',
            { ...MOVE, name: 'Ahmed migraine' },
            { name: 'nameScreened', words: 'migraine' },
          ],
        ],
        (_case, typed, problems) => {
          expect(problemsOf(typed, SELF, noMigraine)).toEqual(problems);
        },
      ),
    ).toEqual([]);
  });

  it('is read as it is meant: ids in lower case, the name on one line', () => {
    expect(
      asMeant({ ...MOVE, leaver: ` ${MANAGER.toUpperCase()} `, name: ' Ahmed \n  Yilmaz ' }),
    ).toMatchObject({
      leaver: MANAGER,
      name: 'Ahmed Yilmaz',
    });
  });
});
