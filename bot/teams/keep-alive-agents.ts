import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';

/**
 * Idle sockets are dropped before the other side drops them: a message written into a socket that has just been
 * closed gets no answer, and nobody can tell whether it arrived. Ticks are a minute apart and people think between
 * two presses, so that would be the first message of each.
 */
const IDLE_SOCKET_MS = 2_000;
const AGENTS = {
  'http:': new HttpAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS }),
  'https:': new HttpsAgent({ keepAlive: true, timeout: IDLE_SOCKET_MS }),
};

/** The agent to send a request to Teams with. */
export function freshSocketsFor({ protocol }: Pick<URL, 'protocol'>): HttpAgent {
  return AGENTS[protocol === 'https:' ? 'https:' : 'http:'];
}
