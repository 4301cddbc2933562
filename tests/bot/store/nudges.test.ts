import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Nudge, Nudges } from '../../../bot/store/nudges.js';
import { type OwnTables, openOwnTables } from '../../support/own-tables.js';
import { TENANT } from '../../support/records.js';

let own: OwnTables;
let nudges: Nudges;
beforeAll(async () => {
  own = await openOwnTables();
  nudges = own.stores.nudges;
});
afterAll(() => own.drop());

const proof: Nudge = {
  items: ['evaluation|mila|1|2027-01-12|0', 'landed|mila|2|2027-01-08|0'],
  sentAt: '2027-01-12T08:00:01.000Z',
  activity: '1:abc',
};
const ID = 'digest|2027-01-12';

describe('nudges', () => {
  it('gives back the proof of what was sent', async () => {
    expect(await nudges.prove(TENANT, 'mila', ID, proof)).toBe('ok');
    expect(await nudges.find(TENANT, 'mila', ID)).toEqual(proof);
  });

  it.each([
    ['another day', TENANT, 'mila', 'digest|2027-01-13'],
    ['another person', TENANT, 'sanne', ID],
    ['another tenant', 'another', 'mila', ID],
  ])('has no proof for %s', async (_case, tenant, person, id) => {
    expect(await nudges.find(tenant, person, id)).toBeNull();
  });

  it('proves once: a second sender of the same learns of it, and the first proof stays', async () => {
    await nudges.prove(TENANT, 'twice', ID, proof);
    expect(await nudges.prove(TENANT, 'twice', ID, { ...proof, items: [] })).toBe('conflict');
    expect(await nudges.find(TENANT, 'twice', ID)).toEqual(proof);
  });
});
