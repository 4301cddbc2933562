import type { Activity, TurnContext } from 'botbuilder';
import { describe, expect, it } from 'vitest';
import { type OneDrive, startOneDrive } from '../azure/fake-one-drive.js';
import { faultsOf } from '../faults.js';
import { setUpEach } from '../set-up.js';
import { type EchoBot, startEchoBot } from './echo-bot.js';
import { type Issuer, startIssuer } from './issuer.js';
import { type Person, startTeams, type Teams } from './teams.js';
import { FILE_CONSENT, FILE_INFO, fileFaults } from './teams-files.js';

const appId = '6f1b9d1e-0c8e-4c59-9a5f-0d0a6a1f2b3c';
const CONSENT = {
  contentType: FILE_CONSENT,
  name: 'brief.docx',
  content: {
    description: 'Een brief',
    sizeInBytes: 12,
    acceptContext: { as: 'brief' },
    declineContext: { as: 'niets' },
  },
};
const INFO = {
  contentType: FILE_INFO,
  name: 'brief.docx',
  contentUrl: 'https://contoso-my.sharepoint.com/brief.docx',
  content: { uniqueId: '1', fileType: 'docx' },
};

describe('files in the stand-in of Teams', () => {
  let issuer: Issuer;
  let bot: EchoBot;
  let oneDrive: OneDrive;
  let teams: Teams;
  let anouk: Person;
  let heard: Activity[];
  let offered: object;
  let status: number;
  let refusal: unknown;

  const afresh = setUpEach(
    async () => {
      heard = [];
      offered = CONSENT;
      status = 200;
      refusal = undefined;
      issuer = await startIssuer({ appId });
      bot = await startEchoBot({ authentication: issuer.authentication(), logic });
      oneDrive = await startOneDrive();
      teams = await startTeams({ appId, issuer, oneDrive, botUrl: () => bot.url });
      anouk = teams.person({ name: 'Anouk', installed: true });
    },
    () => Promise.all([teams.close(), bot.close(), issuer.close(), oneDrive.close()]),
  );

  async function logic(context: TurnContext): Promise<void> {
    heard.push(context.activity);
    if (context.activity.type === 'invoke') {
      await context.sendActivity({ type: 'invokeResponse', value: { status } });
      return;
    }
    await context
      .sendActivity({ type: 'message', attachments: [offered as never] })
      .catch((error: { statusCode?: unknown }) => {
        refusal = error.statusCode;
      });
  }

  it('open a place for what is accepted, give back what went along, and none for what is declined', async () => {
    const asked = await anouk.says('geef');
    await anouk.acceptFile(asked.messages[0]!);
    expect(heard.at(-1)).toMatchObject({
      name: 'fileConsent/invoke',
      replyToId: asked.messages[0]!.id,
      value: {
        type: 'fileUpload',
        action: 'accept',
        context: { as: 'brief' },
        uploadInfo: { fileType: 'docx' },
      },
    });
    const { uploadUrl } = heard.at(-1)!.value.uploadInfo;
    const put = await fetch(uploadUrl, {
      method: 'PUT',
      body: 'hoi',
      headers: { 'content-range': 'bytes 0-2/3' },
    });
    expect([put.status, oneDrive.files[0]?.owner]).toEqual([201, anouk.objectId]);
    expect(teams.violations).toEqual([]);
    await afresh();
    {
      const asked = await anouk.says('geef');
      await anouk.declineFile(asked.messages[0]!);
      expect(heard.at(-1)?.value).toEqual({
        type: 'fileUpload',
        action: 'decline',
        context: { as: 'niets' },
      });
    }
  });

  it('are remarked on where the answer is no 200, or the name is there already', async () => {
    const asked = await anouk.says('geef');
    status = 501;
    const { uploadUrl } = oneDrive.open(anouk.objectId, 'brief.docx');
    await fetch(uploadUrl, { method: 'PUT', body: 'hoi', headers: { 'content-range': 'bytes 0-2/3' } });
    await anouk.acceptFile(asked.messages[0]!);
    expect(teams.violations).toEqual([
      'brief.docx is in the OneDrive of Anouk already',
      'the bot answered invoke with HTTP 501',
      'a file answer answered with HTTP 501',
    ]);
  });

  it('are refused where this Teams has none for bots, or they are not well-formed', async () => {
    teams.refuseFiles();
    expect((await anouk.says('geef')).messages).toEqual([]);
    expect(refusal).toBe(400);
    await afresh();
    offered = { ...CONSENT, content: { description: 'Een brief' } };
    expect((await anouk.says('geef')).messages).toEqual([]);
    expect(refusal).toBe(400);
    expect(teams.violations).toEqual([
      'to Anouk: a file without a size',
      'to Anouk: a file whose context is no object',
    ]);
  });

  it('are remarked on when one has not what Teams needs, and only then', async () => {
    expect(
      await faultsOf<[string, object, string]>(
        [
          ['has no name', { ...CONSENT, name: undefined }, 'a file without a name and a type'],
          ['has no type', { ...CONSENT, name: 'brief' }, 'a file without a name and a type'],
          [
            'has a colon in its name',
            { ...CONSENT, name: '10:00.docx' },
            'a file cannot be called 10:00.docx',
          ],
          [
            'has no description',
            { ...CONSENT, content: { ...CONSENT.content, description: '' } },
            'a file without a description',
          ],
          [
            'has no size',
            { ...CONSENT, content: { ...CONSENT.content, sizeInBytes: 0 } },
            'a file without a size',
          ],
          [
            'has a text for a context',
            { ...CONSENT, content: { ...CONSENT.content, declineContext: 'x' } },
            'a file whose context is no object',
          ],
          ['is saved nowhere', { ...INFO, contentUrl: 'http://x' }, 'a saved file without an address'],
          ['is saved as nothing', { ...INFO, content: { fileType: 'docx' } }, 'a saved file without an id'],
          ['is saved as no type', { ...INFO, content: { uniqueId: '1' } }, 'a saved file without a type'],
        ],
        (_case, attachment, fault) => {
          expect(fileFaults({ type: 'message', attachments: [attachment as never] })).toEqual([fault]);
        },
      ),
    ).toEqual([]);
    expect(fileFaults({ type: 'message', attachments: [CONSENT, INFO] })).toEqual([]);
  });
});
