import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DELIVERY } from '../../bot/teams/delivery-policy.js';
import { faultsOf } from '../support/faults.js';
import { limit } from '../support/run/time-limits.js';
import { type House, openHouse } from '../support/running-bot.js';
import {
  botAddedActivity,
  cardInvokeActivity,
  installationUpdateActivity,
  messageActivity,
  type Scene,
  submitActivity,
} from '../support/teams/activities.js';
import type { Person } from '../support/teams/teams.js';

/** What an answer may never hold: messages of exceptions, stacks, names of what is inside. */
const INSIDE = /Error\b|\bat \w+ \(|node:|node_modules|\.[jt]s\b|zod|restify|undefined|Cannot read/;

/** What Teams sends, each of another kind. */
const ACTIVITIES = [
  (scene: Scene) => messageActivity(scene, 'hoe begin ik het gesprek?'),
  (scene: Scene) => submitActivity(scene, { verb: 'agreement.start', lang: 'nl' }, '1:card'),
  (scene: Scene) =>
    cardInvokeActivity(scene, { verb: 'menu.show', data: { lang: 'nl' } }, '1:card', 'manual'),
  (scene: Scene) => installationUpdateActivity(scene, 'add'),
  (scene: Scene) => botAddedActivity(scene),
] as const;

let house: House;
let token: string;
let mila: Person;
beforeAll(async () => {
  // Who changes an activity at random is mostly answered nowhere: trying again would take the time of all the others.
  const once = Object.entries(DELIVERY).map(([name, policy]) => [name, { ...policy, attempts: 1 }] as const);
  house = await openHouse({ delivery: Object.fromEntries(once) });
  mila = house.teams.person({ name: 'Mila' });
  await mila.install();
  token = await house.issuer.sign({ serviceurl: mila.serviceUrl });
});
afterAll(() => house.close());

type Answered = { readonly status: number; readonly text: string };

/** Posts whatever is given, with a good token; an answer has to come within 5 seconds. */
function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${house.url}/api/messages`,
      {
        method: 'POST',
        agent: false,
        signal: AbortSignal.timeout(limit(5_000)),
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function sceneOf({ serviceUrl, ...identity }: Person): Scene {
  const { appId } = house.teams;
  return { identity, appId, botName: 'Kopje Koffie', serviceUrl, id: '1:abc', at: 1_799_740_800_000 };
}

/** A good message, with what is given put in as it is: some of it is no value that JSON.stringify could write. */
function aMessage(parts = ''): string {
  const message = JSON.stringify(messageActivity(sceneOf(mila), 'menu'));
  return parts === '' ? message : `${message.slice(0, -1)},${parts}}`;
}

describe('a body', () => {
  const form = '--x\r\nContent-Disposition: form-data; name="f"; filename="f.txt"\r\n\r\nwords\r\n--x--\r\n';
  it('each get their status, and the bot lives on', async () => {
    expect(
      await faultsOf<[string, number, string | Buffer, Record<string, string>]>(
        [
          ['that is a little over 256 KB', 413, aText(257 * 1024), {}],
          ['of half a megabyte', 413, aText(512 * 1024), {}],
          ['that says it is packed and is not', 415, 'no gzip', { 'content-encoding': 'gzip' }],
          ['that is packed', 415, gzipSync(aText(100)), { 'content-encoding': 'gzip' }],
          ['that is small and unpacks to much', 415, gzipSync(aText(50e6)), { 'content-encoding': 'gzip' }],
          ['that is a form with a file', 415, form, { 'content-type': 'multipart/form-data; boundary=x' }],
          ['that is a form', 415, 'type=message', { 'content-type': 'application/x-www-form-urlencoded' }],
          ['that is a table', 415, 'type\nmessage', { 'content-type': 'text/csv' }],
          ['without a type', 415, '{}', { 'content-type': '' }],
          ['that is no JSON', 400, '{"type":"message"', {}],
          ['that is no UTF-8', 400, Buffer.from([0xff, 0xfe, 0x7b, 0x00]), {}],
          ['that is nested 100,000 deep', 400, nested(100_000), {}],
          ['that is null', 400, 'null', {}],
          ['that is a word', 400, '"message"', {}],
        ],
        async (_what, status, body, headers) => {
          const answer = await post(body, headers);
          expect(answer.status).toBe(status);
          expect(answer.text).not.toMatch(INSIDE);
          expect((await fetch(`${house.url}/healthz`)).status).toBe(200);
        },
      ),
    ).toEqual([]);
  });

  it('with a file writes nothing to disk', async () => {
    const uploads = () => readdirSync(tmpdir()).filter((name) => name.startsWith('upload_'));
    const before = uploads();
    await post(form, { 'content-type': 'multipart/form-data; boundary=x' });
    expect(uploads()).toEqual(before);
  });

  it('that never ends is cut off once it is far too large', async () => {
    const { hostname, port } = new URL(house.url);
    const socket = connect(Number(port), hostname);
    socket.write('POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n');
    socket.write('Transfer-Encoding: chunked\r\n\r\n');
    const part = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    let sent = 0;
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('error', () => undefined);
    await new Promise<void>((closed) => {
      socket.once('close', () => closed());
      const more = () => {
        if (socket.destroyed || sent > 50e6) return;
        sent += part.length;
        socket.write(part, () => setImmediate(more));
      };
      more();
    });
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(sent).toBeLessThan(20e6);
  });

  it('that is no HTTP at all, or asks for another protocol, leaves no connection open', async () => {
    for (const lines of ['NOT HTTP\r\n\r\n', UPGRADE]) {
      const { hostname, port } = new URL(house.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.resume().write(lines);
      await new Promise((closed) => socket.once('close', closed));
    }
  });
});

describe('an activity', () => {
  it('are each answered at once, and nothing else happens', async () => {
    expect(
      await faultsOf<[string, number, () => string]>(
        [
          ['with 20,000 attachments', 200, () => aMessage(`"attachments":[${many('{"x":1}', 20_000)}]`)],
          ['with 20,000 entities', 200, () => aMessage(`"entities":[${many('{"type":"x"}', 20_000)}]`)],
          ['with 10,000 new members', 200, () => aMessage(`"membersAdded":[${many('{"id":"x"}', 10_000)}]`)],
          [
            'with 10,000 fields',
            200,
            () => aMessage(Array.from({ length: 10_000 }, (_, at) => `"f${at}":1`).join()),
          ],
          ['with a value nested deep', 200, () => aMessage(`"value":${nested(50_000)}`)],
          [
            'with the data of a button nested deep',
            200,
            () => aMessage(`"value":{"verb":"menu.show","x":${nested(50_000)}}`),
          ],
          ['with a part of Teams nested deep', 200, () => aMessage(`"channelData":{"x":${nested(50_000)}}`)],
          ['with a text of 200 KB', 200, () => aMessage(`"text":"${'burn-out '.repeat(22_000)}"`)],
          [
            'with a text of 60,000 letters and no space',
            200,
            () => aMessage(`"text":"${'a'.repeat(60_000)}"`),
          ],
          [
            'that would change all objects',
            200,
            () => aMessage('"__proto__":{"type":"polluted","polluted":true}'),
          ],
          ['with a key of objects', 200, () => aMessage('"constructor":{"prototype":{"polluted":true}}')],
          [
            'whose button would',
            200,
            () => aMessage('"value":{"verb":"menu.show","__proto__":{"polluted":true}}'),
          ],
          ['whose verb is a key of objects', 200, () => aMessage('"value":{"verb":"constructor"}')],
          ['of a type that there is not', 200, () => aMessage('"type":"noSuchThing"')],
          ['of a type that is a key of objects', 200, () => aMessage('"type":"__proto__"')],
          ['that ends the conversation', 200, () => aMessage('"type":"endOfConversation"')],
          ['that asks for its answer at once', 200, () => aMessage('"deliveryMode":"expectReplies"')],
        ],
        async (_what, status, body) => {
          const before = await house.dump();
          const faults = house.logged.length;
          const answer = await post(body());
          expect(answer.status).toBe(status);
          expect(answer.text).not.toMatch(INSIDE);
          expect(house.logged.slice(faults).filter(isFault)).toEqual([]);
          expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
          expect(await house.dump()).toEqual(before);
        },
      ),
    ).toEqual([]);
  });

  it('as Teams sends it is taken', async () => {
    expect(
      await faultsOf(
        ACTIVITIES.map((make, which) => [which, make] as const),
        async (_which, make) => {
          const person = house.teams.person({ name: 'Bo', installed: true });
          const scene = { ...sceneOf(person), serviceUrl: mila.serviceUrl };
          expect((await post(JSON.stringify(make(scene)))).status).toBe(200);
        },
      ),
    ).toEqual([]);
  });

  it('that is changed at random is taken or refused, never a fault', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(4),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        async (which, changes) => {
          const person = house.teams.person({ name: 'Bo', installed: true });
          const scene = { ...sceneOf(person), serviceUrl: mila.serviceUrl };
          let activity = JSON.stringify(ACTIVITIES[which]?.(scene));
          for (const one of changes) activity = changed(activity, one);
          const faults = house.logged.length;
          const answer = await post(activity);
          // 501 is what Bot Framework wants for an invoke that a bot has no answer to.
          expect([200, 400, 401, 413, 501]).toContain(answer.status);
          expect(answer.text).not.toMatch(INSIDE);
          expect(house.logged.slice(faults).filter(isFault)).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const UPGRADE =
  'GET /api/messages HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n';

/** Where in an activity something changes, and into what. */
type Change = { readonly at: number; readonly how: string; readonly value: unknown };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('drop', 'replace', 'nest', 'wrap', 'repeat', 'add', 'rename'),
  value: fc.oneof(
    fc.constantFrom(null, true, 0, -1, 1e308, '', [], {}, 'constructor', '__proto__', 'x'.repeat(5_000)),
    fc.string({ unit: 'binary' }),
    fc.jsonValue(),
  ),
});

type Place = { readonly holder: Record<string, unknown>; readonly key: string };

function changed(text: string, { at, how, value }: Change): string {
  const activity: Place['holder'] = JSON.parse(text);
  const places = placesIn(activity);
  const place = places[at % Math.max(1, places.length)];
  if (place === undefined) return text;
  const { holder, key } = place;
  switch (how) {
    case 'drop':
      delete holder[key];
      break;
    case 'replace':
      holder[key] = value;
      break;
    case 'nest':
      holder[key] = { [key]: holder[key] };
      break;
    case 'wrap':
      holder[key] = [holder[key]];
      break;
    case 'repeat':
      holder[key] = Array.from({ length: 20_000 / size(holder[key]) }, () => holder[key]);
      break;
    case 'add':
      Object.defineProperty(holder, String(value).slice(0, 50), {
        value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      break;
    case 'rename':
      holder[key.toUpperCase()] = holder[key];
      delete holder[key];
  }
  return JSON.stringify(activity);
}

function placesIn(holder: Record<string, unknown>): Place[] {
  return Object.entries(holder).flatMap(([key, value]) => {
    const inside = typeof value === 'object' && value !== null ? placesIn(value as Place['holder']) : [];
    return [{ holder, key }, ...inside];
  });
}

/** A fault in a turn or a request; that the stand-in of Teams refuses an answer to nowhere is none. */
function isFault(line: string): boolean {
  const { level, code } = JSON.parse(line) as { level: number; code: string };
  return level >= 50 && !/^(http-4\d\d|answer-undelivered)$/.test(code);
}

function size(value: unknown): number {
  return JSON.stringify(value)?.length ?? 20;
}

function aText(letters: number): string {
  return JSON.stringify({ text: 'x'.repeat(letters) });
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

function many(part: string, count: number): string {
  return Array.from({ length: count }, () => part).join();
}
