import { describe, expect, it } from 'vitest';
import {
  ACCESS,
  type Access,
  accessOf,
  createAuthorization,
  type Decision,
  INTENT_ACCESS,
} from '../../../bot/access/authorization.js';
import type { ManagerRecords } from '../../../bot/domain/manager.js';
import { defaultOrganisation, type Organisation } from '../../../bot/domain/organisation.js';
import { INTENTS } from '../../../bot/nlu/intents/intent.js';
import { ACTIONS, type Verb } from '../../../cards/actions.js';
import { faultsOf } from '../../support/faults.js';
import { aMember, anAgreement, MANAGER, TENANT } from '../../support/sample-records.js';

const VERBS = Object.keys(ACTIONS) as Verb[];
const LEVELS: readonly Access[] = ['everyone', 'recorders', 'own-records', 'hr'];
const MILA = { tenant: TENANT, person: MANAGER };
const NOTHING: ManagerRecords = { members: [], agreements: [], moments: [], scans: [], unreadable: [] };
const LISTED: Organisation = { ...defaultOrganisation(TENANT), managers: 'listed', listed: [] };

describe('the table of who may do what', () => {
  it('says so of every verb and of every intent, and of nothing else', () => {
    for (const verb of VERBS) expect(LEVELS, verb).toContain(accessOf(verb));
    expect(Object.keys(INTENT_ACCESS).sort()).toEqual([...INTENTS].sort());
    const named = Object.entries(ACCESS).flatMap(([family, access]) =>
      typeof access === 'string'
        ? VERBS.filter((verb) => verb.startsWith(`${family}.`))
        : Object.keys(access),
    );
    expect(named.sort()).toEqual([...VERBS].sort());
  });

  it('keeps what makes a new record for whom HR lets record, and nothing else', () => {
    expect(VERBS.filter((verb) => accessOf(verb) === 'recorders')).toEqual([
      'coffee.add',
      'coffee.save',
      'moments.add',
      'moments.save',
      'scan.start',
      'scan.save',
      'agreement.start',
      'agreement.details',
      'agreement.people',
      'agreement.more',
      'agreement.save',
    ]);
  });
});

/** What Mila is told, in an organisation that filled in so much, with what she recorded before. */
async function decide(
  access: Access,
  given: {
    organisation?: Organisation | null;
    recorded?: Partial<ManagerRecords>;
    reports?: boolean | null;
    hr?: boolean;
  },
): Promise<Decision> {
  const { organisation = LISTED, recorded = {}, reports = null, hr = false } = given;
  const authorize = createAuthorization({
    organisationSettings: { forAuthorization: async () => organisation },
    managers: { records: async () => ({ ...NOTHING, ...recorded }) },
    isHrAdmin: () => hr,
    hasReports: reports === null ? null : async () => reports,
  });
  return authorize(access, MILA);
}

describe('who may record', () => {
  const granted = { kind: 'granted' };
  const recorded = { agreements: [anAgreement()] };
  it('is decided by the list, by what they recorded and by who reports to them', async () => {
    expect(
      await faultsOf<[string, Access, Parameters<typeof decide>[1], Decision]>(
        [
          [
            'is everybody while HR made no list',
            'recorders',
            { organisation: defaultOrganisation(TENANT) },
            { kind: 'granted' },
          ],
          [
            'is who is on the list',
            'recorders',
            { organisation: { ...LISTED, listed: [MANAGER] } },
            { kind: 'granted' },
          ],
          ['is who has people reporting to them', 'recorders', { reports: true }, { kind: 'granted' }],
          ['is not who is not on it', 'recorders', { reports: false }, { kind: 'unlisted', owns: false }],
          ['is not who was taken off it', 'recorders', { recorded }, { kind: 'unlisted', owns: true }],
          ['is nobody while the list is unknown', 'recorders', { organisation: null }, { kind: 'unknown' }],
        ],
        async (_case, access, given, decision) => {
          expect(await decide(access, given)).toEqual(decision);
        },
      ),
    ).toEqual([]);
  });

  it('leaves what they recorded to whom was taken off the list', async () => {
    expect(
      await faultsOf<[string, Partial<ManagerRecords>]>(
        [
          ['an agreement', recorded],
          ['somebody on their list', { members: [aMember()] }],
          ['something that cannot be read', { unreadable: ['agreement-1'] }],
        ],
        async (_case, kept) => {
          expect(await decide('own-records', { recorded: kept })).toEqual(granted);
          expect(await decide('own-records', { recorded: kept, organisation: null })).toEqual(granted);
        },
      ),
    ).toEqual([]);
  });

  it('shows no lists to who may not record, and keeps what is for HR from everybody else and guidance from nobody', async () => {
    expect(await decide('own-records', {})).toEqual({ kind: 'unlisted', owns: false });
    expect(await decide('own-records', { organisation: null })).toEqual({ kind: 'unknown' });
    expect(await decide('hr', {})).toEqual({ kind: 'hidden' });
    expect(await decide('hr', { hr: true, organisation: null })).toEqual(granted);
    expect(await decide('everyone', { organisation: null })).toEqual(granted);
  });
});
