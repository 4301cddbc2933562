// A channel that takes messages and does nothing with them, as a process of its own: the lightest there can be, so
// that what is measured is the bot. With `strict` it refuses as Teams does what is over Teams' limits.
import { createServer } from 'node:http';

/** So many in so many seconds. Source: MicrosoftDocs/msteams-docs, rate-limit.md. */
const TENANT_LIMITS = [{ count: 50, seconds: 1 }];
const CONVERSATION_LIMITS = [
  { count: 7, seconds: 1 },
  { count: 8, seconds: 2 },
  { count: 60, seconds: 30 },
  { count: 1800, seconds: 3600 },
];

const strict = process.argv[2] === 'strict';
const sent = new Map();
let times = [];
let refused = [];

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const at = performance.now();
    const wait = strict ? waitFor(request.url, at) : 0;
    response.setHeader('content-type', 'application/json');
    if (wait > 0) {
      refused.push(at);
      response.statusCode = 429;
      response.setHeader('retry-after', String(Math.ceil(wait / 1_000)));
      response.end('{}');
      return;
    }
    times.push(at);
    response.statusCode = 201;
    response.end(`{"id":"${times.length}"}`);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send({ serviceUrl: `http://127.0.0.1:${server.address().port}/amer/` });
});

// Any message asks how it is; what has come is forgotten when it is said so.
process.on('message', ({ forget }) => {
  process.send({ times, refused, used: process.cpuUsage() });
  if (!forget) return;
  times = [];
  refused = [];
});
process.on('disconnect', () => process.exit(0));

/** Milliseconds until this would be within the limits; what is refused does not count. */
function waitFor(conversation, at) {
  const meters = [
    ['tenant', TENANT_LIMITS],
    [conversation, CONVERSATION_LIMITS],
  ];
  const waits = meters.flatMap(([key, limits]) =>
    limits.map(({ count, seconds }) => {
      const oldest = sent.get(key)?.at(-count);
      return oldest === undefined ? 0 : oldest + seconds * 1_000 - at;
    }),
  );
  const wait = Math.max(...waits);
  if (wait > 0) return wait;
  for (const [key] of meters) sent.set(key, [...(sent.get(key) ?? []).slice(-2_000), at]);
  return 0;
}
