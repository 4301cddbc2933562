import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type House, openHouse } from '../support/running-bot.js';

/** As a load balancer: a connection that was idle for longer than this is closed when something comes in by it. */
const IDLE_MS = 2_500;

let house: House;
let channel: Server;
let serviceUrl: string;
const arrived: string[] = [];
beforeAll(async () => {
  house = await openHouse();
  const usedAt = new WeakMap<object, number>();
  channel = createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    const before = usedAt.get(request.socket);
    if (before !== undefined && performance.now() - before > IDLE_MS) return void request.socket.destroy();
    for await (const _part of request);
    arrived.push(request.url ?? '');
    response.writeHead(201, { 'content-type': 'application/json' });
    response.end('{"id":"1:abc"}');
    usedAt.set(request.socket, performance.now());
  });
  await new Promise<void>((listening) => channel.listen(0, '127.0.0.1', listening));
  serviceUrl = `http://127.0.0.1:${(channel.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await house.close();
  channel.closeAllConnections();
  await new Promise((closed) => channel.close(closed));
});

it('what is answered after a while arrives, though the connection of before is gone', async () => {
  const token = await house.issuer.sign({ serviceurl: serviceUrl });
  const mila = house.teams.person({ name: 'Mila', installed: true });
  const ask = () => mila.says('met wie kan ik praten?', { token, overrides: { serviceUrl } });
  await ask();
  await pause(IDLE_MS + 500);
  await ask();
  expect(arrived).toHaveLength(2);
  expect(house.logged.filter((line) => line.includes('turn failed'))).toEqual([]);
});
