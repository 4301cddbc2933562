import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { limit } from '../support/run/time-limits.js';
import { type House, openHouse } from '../support/running-bot.js';

/** As a load balancer: a connection that was idle for so long is closed when something comes in by it. */
const IDLE_MS = limit(5_000);

let house: House;
let channel: Server;
let serviceUrl: string;
const arrived: string[] = [];
const sockets = new Set<Socket>();
beforeAll(async () => {
  house = await openHouse();
  channel = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    sockets.add(request.socket);
    for await (const _part of request);
    arrived.push(request.url ?? '');
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"id":"1:abc"}');
  });
  await new Promise<void>((listening) => channel.listen(0, '127.0.0.1', listening));
  serviceUrl = `http://127.0.0.1:${(channel.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await house.close();
  channel.closeAllConnections();
  await new Promise((closed) => channel.close(closed));
});

it('a connection that is idle is given up by the bot before the other side does it, and a new one is made', async () => {
  const token = await house.issuer.sign({ serviceurl: serviceUrl });
  const mila = house.teams.person({ name: 'Mila', installed: true });
  const ask = () => mila.says('met wie kan ik praten?', { token, overrides: { serviceUrl } });
  await ask();
  await vi.waitUntil(() => [...sockets].every(({ destroyed }) => destroyed), { timeout: IDLE_MS });
  await ask();
  expect([arrived.length, sockets.size]).toEqual([2, 2]);
  expect(house.logged.filter((line) => line.includes('turn failed'))).toEqual([]);
});
