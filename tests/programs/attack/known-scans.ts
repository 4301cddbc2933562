import { LANGS, messagesFor } from '../../../cards/content/words.js';
import { partsOf } from '../../support/teams/teams-card.js';
import type { Done } from './acts.js';
import type { Actor, Payload } from './world.js';

/** What is known from outside of the answers to one team scan, by Entra object id. */
export type KnownAnswers = {
  /** Whoever was told that their answers are in. */
  readonly told: Set<string>;
  /** All that each of them ever sent: whether it came is another matter. */
  readonly sent: Map<string, Set<string>>;
};
export type KnownScans = {
  of(tenant: string, code: string): KnownAnswers;
  /** Before it is sent: a process that is killed may have counted it and told nobody. */
  sending(actor: Actor, payload: Payload): void;
  answered(done: Pick<Done, 'actor' | 'sent' | 'cards'>): void;
};

export function openKnownScans(): KnownScans {
  const known = new Map<string, KnownAnswers>();
  const of = (tenant: string, code: string): KnownAnswers => {
    const name = `${tenant}|${code}`;
    const found = known.get(name) ?? { told: new Set(), sent: new Map() };
    known.set(name, found);
    return found;
  };
  const placeOf = ({ person }: Actor, { data }: Payload) => of(person.tenantId, String(data.id));
  return {
    of,
    sending(actor, payload) {
      if (payload.verb !== 'scan.send') return;
      const { sent } = placeOf(actor, payload);
      const { objectId } = actor.person;
      sent.set(objectId, (sent.get(objectId) ?? new Set()).add(String(payload.data.answers)));
    },
    answered({ actor, sent, cards }) {
      if (sent?.verb !== 'scan.send') return;
      const titles = LANGS.map((lang) => messagesFor(lang).scan.answer.sentTitle);
      const isTold = cards.some((card) => partsOf(card).some(({ text }) => titles.includes(String(text))));
      if (isTold) placeOf(actor, sent).told.add(actor.person.objectId);
    },
  };
}
