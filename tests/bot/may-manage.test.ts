import { expect, it } from 'vitest';
import { INTENTS } from '../../bot/intents/intent.js';
import { RECORDS, recordsIntent, recordsVerb } from '../../bot/may-manage.js';
import { ACTIONS, type Verb } from '../../cards/actions.js';

const VERBS = Object.keys(ACTIONS) as Verb[];

it('says of every verb whether it records something about others, and of nothing that is no verb', () => {
  for (const verb of VERBS) expect(typeof recordsVerb(verb), verb).toBe('boolean');
  const families = new Set(VERBS.map((verb) => verb.split('.')[0]));
  expect(new Set(Object.keys(RECORDS))).toEqual(families);
});

it('keeps recording and the overview for whom HR lets record, and nothing else', () => {
  const recording = new Set(VERBS.filter(recordsVerb).map((verb) => verb.split('.')[0]));
  expect([...recording].sort()).toEqual([
    'agreement',
    'coffee',
    'evaluation',
    'landed',
    'moments',
    'overview',
  ]);
  expect(INTENTS.filter(recordsIntent)).toEqual([
    'agreement',
    'evaluations',
    'coffee',
    'key-moments',
    'overview',
  ]);
});
