import { describe, expect, it } from 'vitest';
import { cardInvokeActivity, installationUpdateActivity, messageActivity, type Scene } from './activities.js';

const scene: Scene = {
  identity: {
    name: 'Anouk de Vries',
    userId: '29:1abc',
    objectId: 'b0c1d2e3-0000-4000-8000-000000000001',
    tenantId: 'b0c1d2e3-0000-4000-8000-000000000002',
    conversationId: 'a:1abc',
    locale: 'nl-NL',
    timezone: 'Europe/Amsterdam',
  },
  appId: 'app',
  botName: 'Kopje Koffie',
  serviceUrl: 'http://127.0.0.1:1/amer/',
  id: '1',
  at: Date.UTC(2027, 2, 28, 0, 59, 0),
};

describe('activities', () => {
  it('carry the fields that Teams sends with a message, with summer time in the local timestamp', () => {
    expect(messageActivity(scene, 'hoi')).toEqual({
      type: 'message',
      channelId: 'msteams',
      id: '1',
      timestamp: '2027-03-28T00:59:00.000Z',
      localTimestamp: '2027-03-28T01:59:00.000+01:00',
      localTimezone: 'Europe/Amsterdam',
      serviceUrl: 'http://127.0.0.1:1/amer/',
      from: { id: '29:1abc', name: 'Anouk de Vries', aadObjectId: scene.identity.objectId },
      conversation: { conversationType: 'personal', tenantId: scene.identity.tenantId, id: 'a:1abc' },
      recipient: { id: '28:app', name: 'Kopje Koffie' },
      entities: [
        {
          type: 'clientInfo',
          locale: 'nl-NL',
          country: 'NL',
          platform: 'Windows',
          timezone: 'Europe/Amsterdam',
        },
      ],
      channelData: { tenant: { id: scene.identity.tenantId } },
      locale: 'nl-NL',
      textFormat: 'plain',
      text: 'hoi',
      attachments: [],
    });
    const later = messageActivity({ ...scene, at: Date.UTC(2027, 2, 28, 1, 0, 0) }, 'hoi');
    expect(later.localTimestamp).toBe('2027-03-28T03:00:00.000+02:00');
  });

  it('can be overridden field by field, and a field can be left out', () => {
    const activity = messageActivity(scene, 'hoi', { serviceUrl: undefined, locale: 'en-GB' });
    expect(activity).not.toHaveProperty('serviceUrl');
    expect(activity.locale).toBe('en-GB');
  });

  it('name nobody in an event about the installation, and put the trigger of a card invoke beside its action', () => {
    expect(installationUpdateActivity(scene, 'add').from).toEqual({
      id: '29:1abc',
      aadObjectId: scene.identity.objectId,
    });
    expect(cardInvokeActivity(scene, { verb: 'menu.open', data: { page: 1 } }, '42').value).toEqual({
      action: { type: 'Action.Execute', verb: 'menu.open', data: { page: 1 } },
      trigger: 'manual',
    });
  });
});
