import { describe, expect, it } from 'vitest';
import {
  envelope,
  type Incoming,
  isPersonalChat,
  readInput,
  readLocale,
  readOccurredAt,
  readSender,
} from '../../../bot/teams/activity.js';
import { faultsOf } from '../../support/faults.js';
import {
  botAddedActivity,
  cardInvokeActivity,
  fileAnswerActivity,
  installationUpdateActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from '../../support/teams/activities.js';

const TENANT = '72f988bf-0000-4000-8000-000000000001';
const PERSON = 'a1a1a1a1-0000-4000-8000-000000000001';
const scene: Scene = {
  identity: {
    name: 'Mila de Wit',
    userId: '29:1abc',
    objectId: PERSON,
    tenantId: TENANT,
    conversationId: 'a:1abc',
    locale: 'nl-NL',
    timezone: 'Europe/Amsterdam',
  },
  appId: 'app',
  botName: 'Kopje Koffie',
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
  id: '1',
  at: Date.UTC(2027, 0, 12, 9, 0, 0),
};
const press = { verb: 'conversation.part', data: { part: 'basics', lang: 'nl' } };

const place = {
  uploadUrl: 'https://contoso-my.sharepoint.com/personal/mila/uploadSession?guid=1',
  contentUrl: 'https://contoso-my.sharepoint.com/personal/mila/Documents/file.docx',
  name: 'file.docx',
  uniqueId: '1150D938-8870-4044-9F2C-5BBDEBA70C8C',
  fileType: 'docx',
};
const accepted = {
  type: 'fileUpload',
  action: 'accept',
  context: { as: 'document' },
  uploadInfo: { ...place, etag: '1' },
};
const aFile = {
  contentType: 'application/vnd.microsoft.teams.file.download.info',
  contentUrl: 'https://contoso-my.sharepoint.com/personal/mila/Documents/letter.pdf',
  name: 'letter.pdf',
  content: { downloadUrl: 'https://download.link', uniqueId: '1', fileType: 'pdf' },
};

/** What Teams sends. */
const everything = {
  'a message': messageActivity(scene, 'hoi'),
  'a press': cardInvokeActivity(scene, press, '2'),
  'a press on an old client': submitActivity(scene, { verb: 'menu.show' }, '2'),
  'an accepted file': fileAnswerActivity(scene, accepted, '2'),
  'a file': messageActivity(scene, '', { attachments: [aFile] }),
  'an installation': installationUpdateActivity(scene, 'add'),
  'the bot joining': botAddedActivity(scene),
} as const;

function incoming(overrides: Record<string, unknown> = {}): Incoming {
  return messageActivity(scene, 'hoi', overrides) as unknown as Incoming;
}

describe('activity: the envelope', () => {
  it('takes each kind as Teams sends it, a null for what was left out, and nothing that it does not know of', async () => {
    expect(
      await faultsOf(Object.entries(everything), (_case, activity) => {
        expect(envelope.safeParse(activity).success).toBe(true);
      }),
    ).toEqual([]);
    expect(
      await faultsOf<[string, unknown]>(
        [
          ['of a sender', { from: { id: '29:1abc', name: null, aadObjectId: PERSON } }],
          ['of the bot', { recipient: { id: '28:app', name: null } }],
          ['of a conversation', { conversation: { id: 'a:1', tenantId: null, conversationType: null } }],
          ['of a tenant', { channelData: { tenant: { id: null } } }],
          ['in the channel data', { channelData: { tenant: null } }],
          ['of a member', { membersAdded: [{ id: null }] }],
          ['in the place of the members', { membersAdded: null }],
          ['in the place of a language', { locale: null }],
        ],
        (_case, overrides) => {
          const activity = { ...everything['a message'], ...(overrides as object) };
          expect(envelope.safeParse(activity).success).toBe(true);
        },
      ),
    ).toEqual([]);
    const activity = { ...everything['a message'], somethingNew: { a: 1 } };
    expect(envelope.parse(activity)).not.toHaveProperty('somethingNew');
  });

  it('refuses what is no activity, lacks a field that it needs, or has another shape', async () => {
    expect(
      await faultsOf(['type', 'channelId', 'serviceUrl', 'from', 'recipient', 'conversation'], (field) => {
        expect(envelope.safeParse({ ...everything['a message'], [field]: undefined }).success).toBe(false);
      }),
    ).toEqual([]);
    expect(
      await faultsOf<[string, unknown]>(
        [
          ['an empty type', { type: '' }],
          ['a type that is no text', { type: 7 }],
          ['a type without end', { type: 'm'.repeat(101) }],
          ['another channel', { channelId: 'webchat' }],
          ['a service that is no address', { serviceUrl: 'smba' }],
          [
            'a service at an address without end',
            { serviceUrl: `https://a${'\u0301'.repeat(5_000)}.example/` },
          ],
          ['a service with another scheme', { serviceUrl: 'file:///etc/passwd' }],
          ['a sender that is a text', { from: '29:1abc' }],
          ['a sender with an id that is none', { from: { id: 7 } }],
          ['an object id that is an object', { from: { id: '29:1', aadObjectId: {} } }],
          ['an id without end', { from: { id: 'x'.repeat(4_097) } }],
          ['a recipient that is null', { recipient: null }],
          ['a conversation that is a list', { conversation: [] }],
          ['a conversation without id', { conversation: { tenantId: TENANT } }],
          ['a conversation with an empty id', { conversation: { id: '' } }],
          ['channel data that is a text', { channelData: 'tenant' }],
          ['a tenant that is a text', { channelData: { tenant: TENANT } }],
          ['a text that is an object', { text: { toString: 'x' } }],
          ['a locale that is a number', { locale: 31 }],
          ['members added that are no list', { membersAdded: {} }],
          ['members added that are a text', { membersAdded: '28:app' }],
          ['an added member that is nobody', { membersAdded: [null] }],
          ['an added member that is a text', { membersAdded: ['28:app'] }],
          ['an added member with an id that is none', { membersAdded: [{ id: 28 }] }],
        ],
        (_case, overrides) => {
          const activity = { ...everything['a message'], ...(overrides as object) };
          expect(envelope.safeParse(activity).success).toBe(false);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf([[null], ['hoi'], [42], [[]], [{}], [undefined]], (body) => {
        expect(envelope.safeParse(body).success).toBe(false);
      }),
    ).toEqual([]);
  });
});

describe('activity: readSender', () => {
  it('says who acts, in lower case so that one person is one, where they can be written to, and of which tenant', async () => {
    expect(readSender(incoming())).toEqual({
      tenant: TENANT,
      person: PERSON,
      name: 'Mila de Wit',
      reference: {
        channel: 'msteams',
        serviceUrl: 'https://smba.trafficmanager.net/emea/',
        conversation: 'a:1abc',
        tenant: TENANT,
        bot: '28:app',
        user: '29:1abc',
      },
    });
    const sender = readSender(
      incoming({
        from: { id: '29:1', aadObjectId: PERSON.toUpperCase() },
        channelData: { tenant: { id: TENANT.toUpperCase() } },
      }),
    );
    expect(sender).toMatchObject({ person: PERSON, tenant: TENANT, reference: { tenant: TENANT } });
    expect(
      await faultsOf(
        [
          ['absent', undefined],
          ['null', null],
          ['without a tenant', {}],
        ],
        (_case, channelData) => {
          expect(readSender(incoming({ channelData }))?.tenant).toBe(TENANT);
        },
      ),
    ).toEqual([]);
    expect(
      await faultsOf([[undefined], [null]], (name) => {
        expect(readSender(incoming({ from: { id: '29:1', aadObjectId: PERSON, name } }))?.name).toBe('');
      }),
    ).toEqual([]);
  });

  it('knows nobody with an id that is none', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>]>(
        [
          ['no object id', { from: { id: '29:1' } }],
          ['an object id that is none', { from: { id: '29:1', aadObjectId: 'mila' } }],
          ['more than an object id', { from: { id: '29:1', aadObjectId: `${PERSON}|x` } }],
          ['no tenant at all', { channelData: undefined, conversation: { id: 'a:1' } }],
          ['a tenant that is none', { channelData: { tenant: { id: 'contoso' } } }],
          ['no sender', { from: undefined }],
        ],
        (_case, overrides) => {
          expect(readSender(incoming(overrides))).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});

describe('activity: readSaid', () => {
  it('is what was typed, pressed or happened', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>, unknown]>(
        [
          ['a message is its text', { text: 'hoi' }, { kind: 'text', text: 'hoi' }],
          ['a message without text is an empty text', { text: undefined }, { kind: 'text', text: '' }],
          [
            'a message with a verb is a press, with all that was filled in',
            { text: undefined, value: { verb: 'menu.show', lang: 'nl', day: '2027-01-12' } },
            { kind: 'press', verb: 'menu.show', data: { verb: 'menu.show', lang: 'nl', day: '2027-01-12' } },
          ],
          [
            'a message with a value without verb is its text',
            { value: { a: 1 } },
            { kind: 'text', text: 'hoi' },
          ],
          [
            'a message with a verb that is no text is its text',
            { value: { verb: 1 } },
            { kind: 'text', text: 'hoi' },
          ],
          [
            'a message with a list for a value is its text',
            { value: ['menu.show'] },
            { kind: 'text', text: 'hoi' },
          ],
          [
            'a press is its verb and its data',
            { type: 'invoke', name: 'adaptiveCard/action', value: { action: press } },
            { kind: 'press', ...press },
          ],
          [
            'a press without data has empty data',
            { type: 'invoke', name: 'adaptiveCard/action', value: { action: { verb: 'menu.show' } } },
            { kind: 'press', verb: 'menu.show', data: {} },
          ],
          [
            'a press without a verb is a press on nothing',
            { type: 'invoke', name: 'adaptiveCard/action', value: { action: {} } },
            { kind: 'press', verb: '', data: null },
          ],
          [
            'a press without an action is a press on nothing',
            { type: 'invoke', name: 'adaptiveCard/action', value: null },
            { kind: 'press', verb: '', data: null },
          ],
          [
            'an accepted file is what was asked for and the place for it',
            { type: 'invoke', name: 'fileConsent/invoke', value: accepted },
            { kind: 'file', accepted: true, context: { as: 'document' }, place },
          ],
          [
            'a declined file has no place, whatever is sent',
            { type: 'invoke', name: 'fileConsent/invoke', value: { ...accepted, action: 'decline' } },
            { kind: 'file', accepted: false, context: { as: 'document' }, place: null },
          ],
          ...[
            undefined,
            'nowhere',
            { ...place, uploadUrl: 'nowhere' },
            { ...place, uploadUrl: `https://contoso.sharepoint.com/${'a'.repeat(16_384)}` },
            { ...place, contentUrl: 'javascript:alert(1)' },
            { ...place, name: '' },
            { ...place, uniqueId: 7 },
          ].map((uploadInfo): [string, Record<string, unknown>, unknown] => [
            `an accepted file has no place with ${JSON.stringify(uploadInfo)?.slice(0, 80)}`,
            { type: 'invoke', name: 'fileConsent/invoke', value: { ...accepted, uploadInfo } },
            { kind: 'file', accepted: true, context: { as: 'document' }, place: null },
          ]),
          ['a file is a file', { text: undefined, attachments: [aFile] }, { kind: 'sent-file' }],
          [
            'a picture is a file',
            { text: ' ', attachments: [{ contentType: 'image/*' }] },
            { kind: 'sent-file' },
          ],
          [
            'a file with words is the words',
            { text: 'hoi', attachments: [aFile] },
            { kind: 'text', text: 'hoi' },
          ],
          [
            'the words in another form are no file',
            { text: '', attachments: [{ contentType: 'text/html' }, {}] },
            { kind: 'text', text: '' },
          ],
          ['an edit is its text', { type: 'messageUpdate', text: 'hoi' }, { kind: 'text', text: 'hoi' }],
          [
            'a message is one line',
            { text: ' hoe\r\n\n begin  ik? ' },
            { kind: 'text', text: 'hoe begin ik?' },
          ],
          [
            'a message in a group is what is said to the bot',
            { text: '<at id="0">Kopje Koffie</at> hoi' },
            { kind: 'text', text: 'hoi' },
          ],
          [
            'a long message is its start',
            { text: `hoi${' '.repeat(50_000)}${'a'.repeat(50_000)}` },
            { kind: 'text', text: `hoi ${'a'.repeat(996)}` },
          ],
          ['an installation', { type: 'installationUpdate', action: 'add' }, { kind: 'installed' }],
          [
            'an upgrade is an installation',
            { type: 'installationUpdate', action: 'add-upgrade' },
            { kind: 'installed' },
          ],
          ['a removal', { type: 'installationUpdate', action: 'remove' }, { kind: 'removed' }],
          [
            'the bot joining is an installation',
            { type: 'conversationUpdate', membersAdded: [{ id: '29:1' }, { id: '28:app' }] },
            { kind: 'installed' },
          ],
        ],
        (_case, overrides, expected) => {
          expect(readInput(incoming(overrides))).toEqual(expected);
        },
      ),
    ).toEqual([]);
  });

  it('has no answer to what asks for none', async () => {
    expect(
      await faultsOf<[string, Record<string, unknown>]>(
        [
          [
            'the half of an upgrade that takes away',
            { type: 'installationUpdate', action: 'remove-upgrade' },
          ],
          ['an installation of an unknown kind', { type: 'installationUpdate', action: 'pause' }],
          ['somebody else joining', { type: 'conversationUpdate', membersAdded: [{ id: '29:2' }] }],
          ['somebody leaving', { type: 'conversationUpdate', membersRemoved: [{ id: '28:app' }] }],
          ['another invoke', { type: 'invoke', name: 'task/fetch', value: { verb: 'menu.show' } }],
          [
            'another answer to a file',
            { type: 'invoke', name: 'fileConsent/invoke', value: { ...accepted, action: 'perhaps' } },
          ],
          [
            'an answer to something else',
            { type: 'invoke', name: 'fileConsent/invoke', value: { ...accepted, type: 'fileDownload' } },
          ],
          ['an empty answer to a file', { type: 'invoke', name: 'fileConsent/invoke', value: undefined }],
          ['typing', { type: 'typing' }],
          ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
          ['an edit without words', { type: 'messageUpdate', text: ' \n' }],
          ['a message that was taken back', { type: 'messageDelete', text: 'hoi' }],
          ['nothing', { type: undefined }],
        ],
        (_case, overrides) => {
          expect(readInput(incoming(overrides))).toBeNull();
        },
      ),
    ).toEqual([]);
  });
});

describe('activity: readLocale', () => {
  it('reads a locale as one of our languages, or none', async () => {
    expect(
      await faultsOf(
        [
          ['nl-NL', 'nl'],
          ['nl', 'nl'],
          ['NL-be', 'nl'],
          ['en-GB', 'en'],
          ['de-DE', null],
          ['nld', null],
          ['', null],
          [undefined, null],
        ],
        (locale, expected) => {
          expect(readLocale(locale)).toBe(expected);
        },
      ),
    ).toEqual([]);
  });
});

describe('activity: when it happened', () => {
  const now = new Date('2027-01-12T09:00:00.000Z');

  it('is when Teams says, what the envelope lets through, and ours where that cannot be', async () => {
    expect(
      await faultsOf<[string, Incoming['timestamp'], string]>(
        [
          ['Teams says so', '2027-01-12T08:59:50.1234567Z', '2027-01-12T08:59:50.123Z'],
          ['with an offset', '2027-01-12T09:59:50+01:00', '2027-01-12T08:59:50.000Z'],
          ['the SDK made a date of it', new Date('2027-01-12T08:00:00Z'), '2027-01-12T08:00:00.000Z'],
          ['Teams is ahead by less than a minute', '2027-01-12T09:00:30Z', '2027-01-12T09:00:30.000Z'],
          ['it lies in the future: ours', '2027-01-12T09:01:01Z', now.toISOString()],
          ['it is far in the future: ours', '9999-12-31T00:00:00Z', now.toISOString()],
          ['it is no time: ours', 'gisteren', now.toISOString()],
          ['it is left out: ours', undefined, now.toISOString()],
        ],
        (_case, timestamp, expected) => {
          const activity = timestamp === undefined ? {} : { timestamp };
          expect(readOccurredAt(activity, now)).toBe(expected);
        },
      ),
    ).toEqual([]);
    const { timestamp } = envelope.parse(everything['an installation']);
    expect(timestamp).toBe('2027-01-12T09:00:00.000Z');
  });
});

describe('activity: somebody’s own chat with the bot', () => {
  it('is told by its type in Teams, and by its id in a try-out', async () => {
    expect(
      await faultsOf(
        [
          ['a:1xyz', true, true],
          [
            '19:00000000-0000-4000-8000-000000000001_00000000-0000-4000-8000-000000000002@unq.gbl.spaces',
            false,
            false,
          ],
          ['19:meeting_MjdhNjM4YzUtYzExZi00OTFkLTkzZTAtNTVlNmZmMDhkNGU2@thread.v2', false, false],
          ['19:team@thread.tacv2', false, false],
          ['personal-chat-id', false, true],
        ],
        (conversation, inTeams, inTryOut) => {
          expect(isPersonalChat(conversation, false)).toBe(inTeams);
          expect(isPersonalChat(conversation, true)).toBe(inTryOut);
        },
      ),
    ).toEqual([]);
  });
});
