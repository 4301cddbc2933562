import { describe, expect, it } from 'vitest';
import { setUpEach } from '../set-up.js';
import { startIssuer } from './issuer.js';
import { type Person, startTeams, type Teams } from './teams.js';

let teams: Teams;
let anouk: Person;
const afresh = setUpEach(
  async () => {
    teams = await startTeams({ appId: 'app' });
    anouk = teams.person({ name: 'Anouk de Vries', installed: true });
  },
  () => teams.close(),
);

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${teams.serviceUrl}v3/conversations${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}

const of = (person: Person, rest = '') => `/${encodeURIComponent(person.conversationId)}${rest}`;
const inTenant = () => ({ conversation: { tenantId: teams.tenantId } });
const hello = () => ({ type: 'message', text: 'hoi', ...inTenant() });

describe('teams, as the connector', () => {
  it('creates the one conversation with somebody, by either id, again and again, with the first message', async () => {
    for (const id of [anouk.userId, anouk.objectId]) {
      const created = await call('POST', '', { isGroup: false, members: [{ id }], tenantId: anouk.tenantId });
      expect(created).toEqual({ status: 201, body: { id: anouk.conversationId } });
    }
    expect(anouk.conversationId).toMatch(/^a:1[\w-]{129}$/);
    await afresh();
    const body = { members: [{ id: anouk.userId }], tenantId: anouk.tenantId, activity: hello() };
    const created = await call('POST', '', body);
    expect(created.body).toEqual({ id: anouk.conversationId, activityId: anouk.lastMessage().id });
  });

  it('refuses to create with a group, another tenant, nobody, or somebody who has not installed the bot', async () => {
    const bart = teams.person({ name: 'Bart', installed: true, tenant: teams.newTenant() });
    const members = [{ id: anouk.userId }];
    const { tenantId } = anouk;
    expect(await call('POST', '', { members: [...members, { id: bart.userId }], tenantId })).toMatchObject({
      status: 400,
      body: { error: { code: 'BadSyntax' } },
    });
    expect((await call('POST', '', { members })).status).toBe(400);
    expect((await call('POST', '', { members: [{ id: bart.userId }], tenantId })).status).toBe(403);
    expect(teams.violations).toHaveLength(3);
    await afresh();
    {
      const bart = teams.person({ name: 'Bart' });
      const created = await call('POST', '', { members: [{ id: bart.userId }], tenantId: bart.tenantId });
      expect(created).toMatchObject({
        status: 403,
        body: { error: { code: 'ForbiddenOperationException' } },
      });
    }
  });

  it('sends, replies, updates and deletes', async () => {
    const sent = await call('POST', of(anouk, '/activities'), hello());
    expect(sent).toEqual({ status: 201, body: { id: expect.stringMatching(/^\d{13}$/) } });
    expect((await call('POST', of(anouk, `/activities/${sent.body.id}`), hello())).status).toBe(201);
    await call('PUT', of(anouk, `/activities/${sent.body.id}`), { type: 'message', text: 'dag' });
    expect(anouk.messages().map(({ text }) => text)).toEqual(['dag', 'hoi']);
    expect((await call('DELETE', of(anouk, `/activities/${sent.body.id}`))).status).toBe(200);
    expect(anouk.messages().map(({ text }) => text)).toEqual(['hoi']);
  });

  it('knows the one member of a personal conversation, and remarks on what does not exist', async () => {
    expect(await call('POST', '/a%3Aunknown/activities', hello())).toMatchObject({
      status: 404,
      body: { error: { code: 'ConversationNotFound' } },
    });
    expect(await call('PUT', of(anouk, '/activities/1'), hello())).toMatchObject({
      status: 404,
      body: { error: { code: 'ActivityNotFoundInConversation' } },
    });
    expect((await call('GET', '')).status).toBe(404);
    expect(teams.violations).toHaveLength(3);
    await afresh();
    const member = {
      id: anouk.userId,
      aadObjectId: anouk.objectId,
      tenantId: anouk.tenantId,
      givenName: 'Anouk',
    };
    expect((await call('GET', of(anouk, '/members'))).body).toMatchObject([member]);
    expect((await call('GET', of(anouk, '/pagedmembers?pageSize=10'))).body).toMatchObject({
      members: [member],
    });
    expect((await call('GET', of(anouk, `/members/${anouk.objectId}`))).body).toMatchObject(member);
    expect((await call('GET', of(anouk, '/members/29%3Aother'))).status).toBe(404);
  });

  it('refuses a message without the tenant or too big, and remarks on it', async () => {
    const { tenantId } = anouk;
    const message = { type: 'message', text: 'hoi' };
    const inChannelData = { ...message, channelData: { tenant: { id: tenantId } } };
    const elsewhere = { ...message, conversation: { tenantId: teams.newTenant() } };
    expect((await call('POST', of(anouk, '/activities'), inChannelData)).status).toBe(201);
    expect((await call('POST', of(anouk, '/activities'), message)).status).toBe(403);
    expect((await call('POST', of(anouk, '/activities/1'), elsewhere)).status).toBe(403);
    expect(anouk.messages()).toHaveLength(1);
    expect(teams.violations).toHaveLength(2);
    await afresh();
    const big = await call('POST', of(anouk, '/activities'), { ...hello(), text: 'a'.repeat(52_000) });
    expect(big).toMatchObject({ status: 413, body: { error: { code: 'MessageSizeTooBig' } } });
    expect(anouk.messages()).toEqual([]);
    expect(teams.violations).toEqual([expect.stringContaining('over 28 KB')]);
  });

  it('refuses in the words of Teams while somebody blocks, mutes or is kept from the bot', async () => {
    const refusal = async () => (await call('POST', of(anouk, '/activities'), hello())).body;
    anouk.blocks();
    expect(await refusal()).toMatchObject({ error: { code: 'ConversationBlockedByUser' } });
    anouk.isRefusedBy('BotDisabledByAdmin');
    expect(await refusal()).toMatchObject({ error: { code: 'BotDisabledByAdmin' } });
    anouk.mutes();
    const muted = await refusal();
    expect(muted.errorCode).toBe(209);
    expect(JSON.parse(muted.message)).toMatchObject({ subCode: 'MessageWritesBlocked' });
    anouk.returns();
    expect((await call('POST', of(anouk, '/activities'), hello())).status).toBe(201);
    expect(teams.violations).toEqual([]);
  });

  it('keeps everything that came in, with its answer', async () => {
    await call('POST', of(anouk, '/activities'), hello());
    expect(teams.received).toMatchObject([
      { operation: 'send', method: 'POST', person: 'Anouk de Vries', body: hello(), status: 201 },
    ]);
  });

  it('insists on a bearer token when there is an issuer', async () => {
    const issuer = await startIssuer({ appId: 'app' });
    const strict = await startTeams({ appId: 'app', issuer });
    const response = await fetch(`${strict.serviceUrl}v3/conversations`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect(strict.violations).toEqual(['POST /amer/v3/conversations without a bearer token']);
    await Promise.all([strict.close(), issuer.close()]);
  });
});

describe('teams, with faults', () => {
  const send = () => call('POST', of(anouk, '/activities'), hello());

  it('answers what it was told to, may lose it after it delivered, and can take its time', async () => {
    teams.fault(({ operation }) => (operation === 'send' ? { status: 503, body: { error: {} } } : undefined));
    expect((await send()).status).toBe(503);
    expect(anouk.messages()).toEqual([]);
    teams.fault();
    expect((await send()).status).toBe(201);
    await afresh();
    teams.fault(() => ({ closeSocket: true, afterDelivery: true }));
    await expect(send()).rejects.toThrow('fetch failed');
    expect(anouk.messages()).toHaveLength(1);
    expect(teams.received[0]).not.toHaveProperty('status');
    await afresh();
    teams.fault(() => ({ delayMs: 5 }));
    expect((await send()).status).toBe(201);
  });

  it('can hang, until it is closed', async () => {
    let asked: () => void = () => {};
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    teams.fault(() => {
      asked();
      return { hang: true };
    });
    const sending = expect(send()).rejects.toThrow('fetch failed');
    await arrived;
    await teams.close();
    await sending;
  });
});
