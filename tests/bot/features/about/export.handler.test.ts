import { describe, expect, it } from 'vitest';
import type { Uploaded } from '../../../../bot/clients/onedrive-upload.js';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { createExport, type Export } from '../../../../bot/features/about/export.handler.js';
import { createOwnData } from '../../../../bot/features/about/own-data.js';
import { createOwnRecords } from '../../../../bot/features/about/own-records.js';
import type { FileAnswer, FilePlace, Turn } from '../../../../bot/turn.js';
import { messagesFor } from '../../../../cards/content/words.js';
import { faultsOf } from '../../../support/faults.js';
import { type Managing, openManaging } from '../../../support/recording-scene.js';
import { EMPLOYEE, MANAGER, TENANT } from '../../../support/sample-records.js';
import { aPress, aTurn, SANNE_ACTS, textsOf, verbsOf } from '../../../support/sample-turns.js';
import { setUpEach } from '../../../support/set-up.js';
import { wordText } from '../../../support/word-text.js';

const NOW = '2027-01-12T09:00:00.000Z';
const WORDS = messagesFor('nl').export;
const PLACE: FilePlace = {
  uploadUrl: 'https://contoso-my.sharepoint.com/uploadSession?guid=1',
  contentUrl: 'https://contoso-my.sharepoint.com/Documents/file.docx',
  name: 'file.docx',
  uniqueId: '1',
  fileType: 'docx',
};
const ACCEPTED: FileAnswer = {
  kind: 'file',
  accepted: true,
  context: { as: 'document', lang: 'nl' },
  place: PLACE,
};

let here: Managing;
let exporting: Export;
let outcome: Uploaded;
let uploads: { address: string; bytes: Uint8Array }[];
const afresh = setUpEach(
  async () => {
    here = await openManaging();
    const { stores } = here.own;
    outcome = 'saved';
    uploads = [];
    exporting = createExport({
      ...stores,
      ownData: createOwnData({
        ...stores,
        ownRecords: createOwnRecords(stores),
        organisationSettings: { forAuthorization: async (tenant) => defaultOrganisation(tenant) },
      }),
      organisationSettings: { of: async (tenant) => defaultOrganisation(tenant) },
      upload: async (address, bytes) => {
        uploads.push({ address, bytes });
        return outcome;
      },
      zone: 'Europe/Amsterdam',
    });
    await stores.about.index(TENANT, EMPLOYEE, { manager: MANAGER, agreement: 'agreement-1', since: NOW });
  },
  () => here.own.drop(),
);

const ask = (who: Partial<Turn> = SANNE_ACTS) =>
  exporting['about.file'](aPress('about.file', { as: 'document' }, who));
const answer = (answered: Partial<FileAnswer> = {}, who: Partial<Turn> = SANNE_ACTS) =>
  exporting.fileAnswered(aTurn(who), { ...ACCEPTED, ...answered });

describe('export: what cannot be read', () => {
  it('is said of a scan too, which may be one that they were asked for', async () => {
    const inChat = () => exporting['about.export'](aPress('about.export', { page: 0 }, SANNE_ACTS));
    const { recordsUnreadable } = messagesFor('nl').about;
    expect(textsOf(await inChat())).not.toContain(recordsUnreadable);
    await here.own.tables.table('scans').upsert({ partitionKey: TENANT, rowKey: 'scan|BCDFG', asked: 7 });
    expect(textsOf(await inChat())).toContain(recordsUnreadable);
  });
});

describe('export: offering a file', () => {
  it('costs one request for each place where something of them may lie, writes nothing and gives no more along than what was asked for', async () => {
    const before = await here.everything();
    // Pointers, the one manager, the person twice, proofs, what is planned and waits, the audit trail twice, handovers.
    expect(await here.cost(() => ask())).toBeLessThanOrEqual(10);
    const reply = await ask();
    expect(reply).toMatchObject({
      kind: 'offer',
      offer: { context: { as: 'document', lang: 'nl' }, description: WORDS.fileDescription.document },
    });
    expect(JSON.stringify('offer' in reply && reply.offer)).not.toMatch(/Sanne|Mila|agreement|[0-9a-f]{8}-/);
    expect(await here.everything()).toEqual(before);
  });

  it('leads to the chat beside it without asking the tables, and has it ready where no file is taken', async () => {
    const reply = await ask();
    if (reply.kind !== 'offer') throw new Error(`no offer but ${reply.kind}`);
    expect(verbsOf({ kind: 'card', card: reply.card })).toEqual(['about.export', 'about.ways']);
    expect(textsOf({ kind: 'card', card: reply.otherwise })).toContain(WORDS.noFiles);
    expect(JSON.stringify(reply.otherwise)).toContain('De klantvragen gaan naar Joris');
    await afresh();
    const ways = () => exporting['about.ways'](aPress('about.ways', {}, SANNE_ACTS));
    expect(await here.cost(ways)).toBe(0);
    expect(verbsOf(await ways())).toEqual(['about.file', 'about.file', 'about.export', 'about.records']);
  });
});

describe('export: an answer to the offer', () => {
  it('accepted: what is on record then goes to the place, which is not shown', async () => {
    const before = await here.everything();
    const reply = await answer();
    const { uploadUrl, ...file } = PLACE;
    expect(reply).toEqual({ kind: 'file', message: WORDS.saved, file });
    expect(uploads.map(({ address }) => address)).toEqual([uploadUrl]);
    expect(wordText(uploads[0]!.bytes)).toContain('De klantvragen gaan naar Joris');
    expect(await here.everything()).toEqual(before);
    await afresh();
    await ask();
    await here.put({ managerName: 'Mila van Dam', version: 2 });
    await answer();
    expect(wordText(uploads[0]!.bytes)).toContain('Mila van Dam');
  });

  it('accepted by anybody else: has nothing of hers', async () => {
    expect(
      await faultsOf<[string, Partial<Turn>]>(
        [
          ['somebody else', { person: 'c3c3c3c3-0000-4000-8000-000000000003' }],
          ['whose record it is', { person: MANAGER }],
          ['the same id in another tenant', { ...SANNE_ACTS, tenant: 'another' }],
        ],
        async (_case, who) => {
          await answer({}, who);
          expect(wordText(uploads[0]!.bytes)).toContain(messagesFor('nl').about.recordsEmpty);
          expect(wordText(uploads[0]!.bytes)).not.toContain('Joris');
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('accepted, and the upload does not come: says so', async () => {
    expect(
      await faultsOf(
        ['failed', 'used', 'uncertain'] as const,
        async (came) => {
          outcome = came;
          const reply = await answer();
          if (reply.kind !== 'beside') throw new Error(`no card beside but ${reply.kind}`);
          expect(textsOf({ kind: 'card', card: reply.card })).toEqual([
            WORDS.notSavedTitle[came],
            WORDS.notSaved[came],
          ]);
          expect(verbsOf({ kind: 'card', card: reply.card })).toEqual(['about.file', 'about.export']);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('declined, without a place, or with a context that is none of ours: says so, and reads nothing', async () => {
    expect(await here.cost(() => answer({ place: null }))).toBe(0);
    expect(await answer({ place: null })).toMatchObject({ kind: 'beside' });
    expect(uploads).toEqual([]);
    await afresh();
    expect(await here.cost(() => answer({ accepted: false }))).toBe(0);
    expect(await answer({ accepted: false })).toEqual({ kind: 'told', message: WORDS.declined });
    expect(uploads).toEqual([]);
    await afresh();
    const reply = await answer({ context: { as: 'everything', lang: 'nl' } }, { ...SANNE_ACTS, lang: 'en' });
    expect(reply).toEqual({ kind: 'refused', code: 'outdated', message: messagesFor('en').notice.outdated });
  });
});
