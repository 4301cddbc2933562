import { strFromU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { LANGS, messagesFor } from '../../cards/content/words.js';
import type { StoredFile } from '../support/azure/fake-one-drive.js';
import { cardText, headingOf } from '../support/browser/cards-on-screen.js';
import { faultsOf } from '../support/faults.js';
import { type House, openHouse } from '../support/running-bot.js';
import { setUpEach } from '../support/set-up.js';
import { recordAgreement } from '../support/shared-agreement.js';
import type { Activity, Person } from '../support/teams/teams.js';
import { attachmentsOf, FILE_CONSENT, FILE_INFO, offeredFile } from '../support/teams/teams-files.js';
import { wordText } from '../support/word-text.js';

const { about: WORDS, export: EXPORT, hr: WORDS_OF_HR } = messagesFor('nl');
/** What is remarked on where an answer comes twice, from the wrong person, or made by hand. */
const OF_THE_TEST = /^delete of an unknown activity|^the bot answered invoke with HTTP 501$/;

describe('taking along what is recorded about somebody', () => {
  let house: House;
  let sanne: Person;
  const afresh = setUpEach(
    async () => {
      house = await openHouse({ now: '2027-01-12T10:00:00+01:00', limits: 'off', inMemory: true });
      const mila = house.teams.person({ name: 'Mila Zilverreiger', installed: true });
      sanne = house.teams.person({ name: 'Sanne Korenwolf', installed: true });
      await recordAgreement(
        mila,
        {
          name: 'Sanne Korenwolf',
          person: sanne.objectId,
          day: '2027-01-11',
          subjects: 'tasks',
        },
        {
          what1: 'De kwartelmap gaat naar Joris & <Kim>',
          who1: 'manager',
          by1: '2027-01-20',
          next: '2027-01-26',
          rhythm: 'two-weekly',
          initiative: 'employee',
        },
      );
    },
    async () => {
      expect(house.teams.violations.filter((one) => !OF_THE_TEST.test(one))).toEqual([]);
      await house.close();
    },
  );

  /** From the question to the card with the ways. */
  async function ways(person: Person): Promise<Activity> {
    const records = await person.says('wat is er over mij vastgelegd');
    return (await person.press(records.messages[0]!, WORDS.exportButton)).message;
  }

  /** Asks for a file: the message in which Teams asks, and the card beside it. */
  async function ask(person: Person, as: 'document' | 'data') {
    const asked = await person.press(await ways(person), EXPORT.button[as]);
    return { consent: asked.messages[0]!, card: asked.message };
  }

  /** Tables with their etags and all that was logged. */
  const traces = async () => ({ tables: await house.dump(true), logged: [...house.logged] });

  it('brings a document into their OneDrive, with all that there is, and leaves no trace', async () => {
    const before = await traces();
    const { consent, card } = await ask(sanne, 'document');
    expect(headingOf(card)).toBe(EXPORT.askedTitle);
    expect(offeredFile(consent)).toMatchObject({
      name: 'Wat er over mij is vastgelegd 2027-01-12 10.00.00.docx',
      acceptContext: { as: 'document', lang: 'nl' },
    });
    const accepted = await sanne.acceptFile(consent);
    expect(accepted.status).toBe(200);
    expect(accepted.messages.map(({ text }) => text)).toEqual([EXPORT.saved]);
    expect(attachmentsOf(accepted.messages[0]!, FILE_INFO)).toHaveLength(1);
    const [file] = house.oneDrive.files as [StoredFile];
    expect(file.owner).toBe(sanne.objectId);
    expect(offeredFile(consent).sizeInBytes).toBe(file.bytes.length);
    const text = wordText(file.bytes);
    expect(text).toContain('Vastgelegd door: Mila Zilverreiger');
    expect(text).toContain('Jouw naam hierin: Sanne Korenwolf');
    expect(text).toContain(
      'De kwartelmap gaat naar Joris & <Kim> (Mila Zilverreiger · di 12 jan 2027 tot en met wo 20 jan 2027)',
    );
    expect(text).toContain('Begint erover: Jij');
    expect(text).toContain(WORDS.recordsNever);
    for (const title of [EXPORT.accountTitle, EXPORT.plannedTitle, EXPORT.actsTitle, EXPORT.notHereTitle])
      expect(text).toContain(title);
    expect(text).toContain(`${WORDS_OF_HR.auditDid['agreement.save']}, door de leidinggevende`);
    // The card that asked is gone; the one that tells of the chat stays.
    expect(consentsOf(sanne)).toEqual([]);
    expect(await traces()).toEqual(before);
  });

  it('brings the records as they are kept, as JSON, and leaves no trace', async () => {
    const before = await traces();
    const { consent } = await ask(sanne, 'data');
    await sanne.acceptFile(consent);
    const [file] = house.oneDrive.files as [StoredFile];
    expect(file.name).toMatch(/\.json$/);
    const { account, planned, acts, incomplete } = JSON.parse(strFromU8(file.bytes));
    // She was there before the bot and chose nothing: it keeps nothing of herself.
    expect(account).toBeNull();
    expect(planned).toMatchObject([{ kind: 'agreement-shared', person: sanne.objectId }]);
    expect(acts).toMatchObject([{ did: 'agreement.save', by: 'manager' }]);
    expect(incomplete).toEqual([]);
    expect(JSON.parse(strFromU8(file.bytes))).toMatchObject({
      made: '2027-01-12T09:00:00.000Z',
      agreements: [
        { managerName: 'Mila Zilverreiger', items: [{ what: 'De kwartelmap gaat naar Joris & <Kim>' }] },
      ],
    });
    expect(await traces()).toEqual(before);
  });

  it('leaves the chat on the card, for a client that asks nothing', async () => {
    const { card } = await ask(sanne, 'document');
    const chat = await sanne.press(card, EXPORT.button.chat);
    expect(cardText(chat.message)).toContain('kwartelmap');
  });

  it('says what happens where it is declined, and brings nothing', async () => {
    const before = await traces();
    const { consent } = await ask(sanne, 'document');
    const declined = await sanne.declineFile(consent);
    expect(declined.messages.map(({ text }) => text)).toEqual([EXPORT.declined]);
    expect([house.oneDrive.files, consentsOf(sanne)]).toEqual([[], []]);
    expect(await traces()).toEqual(before);
  });

  it('comes in the chat by itself where Teams takes no file', async () => {
    house.teams.refuseFiles();
    const asked = await sanne.press(await ways(sanne), EXPORT.button.document);
    expect(asked.messages).toEqual([]);
    expect(cardText(asked.message)).toContain(EXPORT.noFiles);
    expect(cardText(asked.message)).toContain('kwartelmap');
  });

  it('works on a client that knows no better than Action.Submit', async () => {
    const asked = await sanne.submit(await ways(sanne), EXPORT.button.document);
    const consent = asked.messages.find((one) => attachmentsOf(one, FILE_CONSENT).length > 0);
    await sanne.acceptFile(consent!);
    expect(house.oneDrive.files).toHaveLength(1);
  });

  it('tries again where OneDrive is busy for a moment', async () => {
    const { consent } = await ask(sanne, 'document');
    house.oneDrive.troubles.push({ status: 503, retryAfter: '1' });
    const accepted = await sanne.acceptFile(consent);
    expect(accepted.messages[0]?.text).toBe(EXPORT.saved);
    expect(house.oneDrive.received.map(({ status }) => status)).toEqual([503, 201]);
  });

  it('says so where the file does not come, with a way to ask again and the chat', async () => {
    const { consent } = await ask(sanne, 'document');
    house.oneDrive.troubles.push({ status: 507 });
    const failed = await sanne.acceptFile(consent);
    expect(cardText(failed.messages[0])).toContain(EXPORT.notSaved.failed);
    expect(consentsOf(sanne)).toEqual([]);
    house.setNow('2027-01-12T10:00:07+01:00');
    const again = await sanne.press(failed.messages[0]!, EXPORT.again);
    expect((await sanne.acceptFile(again.messages[0]!)).messages[0]?.text).toBe(EXPORT.saved);
    const chat = await sanne.press(again.message, EXPORT.button.chat);
    expect(cardText(chat.message)).toContain('kwartelmap');
    const told = house.logged.filter((line) => line.includes('a file was not saved'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('"code":"upload-507"');
  });

  it('says so where it was accepted already, and brings one file', async () => {
    const { consent } = await ask(sanne, 'document');
    const place = house.oneDrive.open(sanne.objectId, offeredFile(consent).name);
    await sanne.acceptFile(consent, { uploadInfo: place });
    const twice = await sanne.acceptFile(consent, { uploadInfo: place });
    expect(cardText(twice.messages[0])).toContain(EXPORT.notSaved.used);
    expect(house.oneDrive.files).toHaveLength(1);
  });

  it('says so where it was left for too long', async () => {
    const { consent } = await ask(sanne, 'data');
    const place = house.oneDrive.open(sanne.objectId, offeredFile(consent).name);
    house.oneDrive.expire();
    const late = await sanne.acceptFile(consent, { uploadInfo: place });
    expect(cardText(late.messages[0])).toContain(EXPORT.notSaved.used);
  });

  it('keeps the language of the card that was pressed', async () => {
    expect(
      await faultsOf(
        LANGS,
        async (lang) => {
          const { export: words } = messagesFor(lang);
          const { consent } = await ask(sanne, 'document');
          const accepted = await sanne.acceptFile(consent, { context: { as: 'document', lang } });
          expect(accepted.messages[0]?.text).toBe(words.saved);
          expect(wordText(house.oneDrive.files[0]!.bytes)).toContain(words.document.neverTitle);
        },
        afresh,
      ),
    ).toEqual([]);
  });

  it('brings somebody else what is about themselves, whatever the consent was and says', async () => {
    const { consent } = await ask(sanne, 'document');
    const eve = house.teams.person({ name: 'Eve', installed: true });
    for (const as of ['document', 'data']) {
      const context = { as, lang: 'nl', person: sanne.objectId, tenant: sanne.tenantId, id: 'agreement-1' };
      await eve.acceptFile(consent, { context, uploadInfo: house.oneDrive.open(eve.objectId, `eve.${as}`) });
    }
    const [document, data] = house.oneDrive.files as [StoredFile, StoredFile];
    expect(wordText(document.bytes)).toContain(WORDS.recordsEmpty);
    expect(JSON.parse(strFromU8(data.bytes))).toMatchObject({ agreements: [] });
    for (const name of ['Zilverreiger', 'Korenwolf', 'kwartelmap']) {
      expect(wordText(document.bytes) + strFromU8(data.bytes)).not.toContain(name);
    }
    // Hers is still hers to answer.
    expect(consentsOf(sanne)).toHaveLength(1);
  });

  it('writes to no address that is not of OneDrive, and tells neither it nor the way to it', async () => {
    const { consent } = await ask(sanne, 'document');
    const usual = house.oneDrive.open(sanne.objectId, offeredFile(consent).name);
    for (const uploadUrl of [
      'https://evil.example/upload?of=sanne-secret',
      'https://169.254.169.254/latest/sanne-secret',
      'https://contoso.sharepoint.com.evil.example/sanne-secret',
      'https://contoso.sharepoint.com@evil.example/sanne-secret',
      'http://contoso.sharepoint.com/sanne-secret',
      'nonsense sanne-secret',
      '',
      7,
    ]) {
      const refused = await sanne.acceptFile(consent, { uploadInfo: { ...usual, uploadUrl } });
      expect(cardText(refused.messages[0])).toContain(EXPORT.notSaved.failed);
    }
    expect(house.oneDrive.received).toEqual([]);
    expect(house.logged.join('\n')).not.toContain('sanne-secret');
  });

  it('logs nothing of who, of what or of the address', async () => {
    const { consent } = await ask(sanne, 'document');
    house.oneDrive.troubles.push({ status: 403 });
    await sanne.acceptFile(consent);
    const all = house.logged.join('\n');
    for (const trace of [house.oneDrive.secret, sanne.objectId, 'Korenwolf', 'kwartelmap', 'sharepoint']) {
      expect(all, trace).not.toContain(trace);
    }
  });

  it('tells who sends a file that it is not read, and leaves no trace', async () => {
    const before = await traces();
    const { secret } = house.oneDrive;
    const attachments = [
      {
        contentType: 'application/vnd.microsoft.teams.file.download.info',
        contentUrl: `https://contoso-my.sharepoint.com/${secret}.pdf`,
        name: `${secret}.pdf`,
        content: {
          downloadUrl: `https://contoso-my.sharepoint.com/${secret}`,
          uniqueId: '1',
          fileType: 'pdf',
        },
      },
    ];
    const told = await sanne.sends({ text: undefined, attachments });
    expect(cardText(told.messages[0])).toContain(messagesFor('nl').menu.file);
    expect(await traces()).toEqual(before);
  });

  it('answers an invoke that asks nothing with 501, and does nothing', async () => {
    expect(
      await faultsOf<[string, unknown]>(
        [
          ['of another kind', { type: 'fileDownload', action: 'accept', context: {} }],
          ['that is none', { type: 'fileUpload', action: 'perhaps', context: {} }],
          ['without anything in it', undefined],
          ['that is a text', 'accept'],
        ],
        async (_case, value) => {
          const answer = await sanne.sends({ type: 'invoke', name: 'fileConsent/invoke', value });
          expect([answer.status, answer.messages]).toEqual([501, []]);
        },
      ),
    ).toEqual([]);
  });

  it('calls a consent with the context of another outdated', async () => {
    expect(
      await faultsOf(
        [null, {}, { as: 'passwords', lang: 'nl' }, { as: 'document', lang: 'xx' }, 'document', [1]],
        async (context) => {
          const { consent } = await ask(sanne, 'document');
          const answered = await sanne.acceptFile(consent, { overrides: valueWith(consent, context) });
          expect(answered.messages.map(({ text }) => text)).toEqual([messagesFor('nl').notice.outdated]);
          expect(house.oneDrive.received).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('serves no consent from a group', async () => {
    const { consent } = await ask(sanne, 'document');
    const groupChat = { conversationType: 'groupChat', tenantId: sanne.tenantId, id: '19:group@thread.v2' };
    const uploadInfo = house.oneDrive.open(sanne.objectId, 'x.docx');
    const context = offeredFile(consent).acceptContext;
    const answer = await sanne.sends({
      type: 'invoke',
      name: 'fileConsent/invoke',
      value: { type: 'fileUpload', action: 'accept', context, uploadInfo },
      conversation: groupChat,
    });
    expect([answer.status, house.oneDrive.received]).toEqual([501, []]);
  });

  function valueWith(consent: Activity, context: unknown) {
    const uploadInfo = house.oneDrive.open(sanne.objectId, offeredFile(consent).name);
    return { value: { type: 'fileUpload', action: 'accept', context, uploadInfo } };
  }
});

function consentsOf(person: Person): Activity[] {
  return person.messages().filter((one) => attachmentsOf(one, FILE_CONSENT).length > 0);
}
