import { describe, expect, it } from 'vitest';
import { referableCard } from '../../../../bot/features/chat/chat.rules.js';
import { ACTIONS } from '../../../../cards/actions.js';
import { allPieces, findPiece } from '../../../../cards/content/pieces.js';
import { SUBJECT_GROUPS } from '../../../../cards/content/subjects.js';
import { faultsOf } from '../../../support/faults.js';

const PRIVATE = ['rights', 'self-care', 'employee'];
const subjects = SUBJECT_GROUPS.flatMap((group) =>
  group.subjects.filter(({ shelf }) => group.id === 'self' || shelf === 'rights'),
);

describe('what may be referred to', () => {
  it('is what the guides say', () => {
    expect(referableCard('conversation.part', { lang: 'nl', part: 'naming' })).toEqual({
      verb: 'conversation.part',
      data: { part: 'naming' },
    });
    expect(referableCard('knowledge.subject', { lang: 'nl', subject: 'models' })).not.toBeNull();
    expect(referableCard('intent.open', { lang: 'nl', intent: 'conversation' })).not.toBeNull();
  });

  it('is no list of what one looks up for oneself, no piece of it, and nothing of one’s own', async () => {
    expect(
      await faultsOf(
        subjects.map(({ id }) => id),
        (subject) => {
          expect(referableCard('knowledge.subject', { lang: 'nl', subject })).toBeNull();
        },
      ),
    ).toEqual([]);
    const own = allPieces().filter(({ id }) => PRIVATE.includes(String(findPiece(id)?.shelf)));
    expect(own.length).toBeGreaterThan(0);
    for (const { id } of own)
      expect(referableCard('knowledge.piece', { lang: 'nl', piece: id }), id).toBeNull();
    expect(
      await faultsOf(
        ['support', 'crisis', 'rights', 'self-care', 'privacy', 'overview', 'team-scan', 'settings'],
        (intent) => {
          expect(referableCard('intent.open', { lang: 'nl', intent })).toBeNull();
        },
      ),
    ).toEqual([]);
  });

  it('holds nothing that was typed or ticked, whatever comes along with any press', async () => {
    expect(
      await faultsOf(Object.keys(ACTIONS), (verb) => {
        const along = {
          ...{ lang: 'nl', own: 'Zilverreiger', note: 'Zilverreiger', words: ['Zilverreiger'] },
          ...{ part: 'naming', subject: 'models', intent: 'costs', search: { words: 'Zilverreiger' } },
          filled: { hours: 'Zilverreiger' },
        };
        expect(JSON.stringify(referableCard(verb, along))).not.toContain('Zilverreiger');
      }),
    ).toEqual([]);
  });
});
