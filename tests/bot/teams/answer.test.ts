import { describe, expect, it } from 'vitest';
import type { Reply } from '../../../bot/reply.js';
import { answer, type Message, type Outlet } from '../../../bot/teams/answer.js';
import { noticeCard } from '../../../cards/notice/notice.card.js';
import type { Card } from '../../../cards/render.js';
import { faultsOf } from '../../support/faults.js';
import { REFUSED, type Recorded, recordingOutlet, SENT } from '../../support/teams/recording-outlet.js';

const FILE = { name: 'a.docx', contentUrl: 'https://x.sharepoint.com/a', uniqueId: '1', fileType: 'docx' };
const OFFER = {
  name: 'a.docx',
  description: 'Een bestand',
  sizeInBytes: 1,
  context: { as: 'document', lang: 'nl' },
} as const;
const card = (sentence = 'Een antwoord.'): Card => noticeCard('nl', 'Titel', sentence);
/** Every kind that there is: one that is added does not compile until it stands here. */
const REPLIES: { readonly [Kind in Reply['kind']]: Extract<Reply, { kind: Kind }> } = {
  card: { kind: 'card', card: card() },
  beside: { kind: 'beside', card: card() },
  offer: { kind: 'offer', offer: OFFER, card: card('Teams vraagt het.'), otherwise: card('Kopieer het.') },
  file: { kind: 'file', message: 'Het staat er.', file: FILE },
  told: { kind: 'told', message: 'Goed, dan niet.' },
  refused: { kind: 'refused', code: 'outdated', message: 'Een oude knop.' },
  nothing: { kind: 'nothing' },
};
const KINDS = Object.keys(REPLIES) as Reply['kind'][];
const INVOKES = ['press', 'file', null] as const;

const shown = ({ said, responded }: Recorded) => JSON.stringify([said, responded]);

describe('answer: every kind of reply, to every kind of turn', () => {
  it('each kind of reply reaches the person in answer to each kind of invoke', async () => {
    expect(
      await faultsOf(
        INVOKES.flatMap((invoke) => KINDS.map((kind) => [kind, invoke] as const)),
        async (kind, invoke) => {
          const outlet = recordingOutlet(invoke);
          const { said, responded } = outlet;
          await answer(outlet, REPLIES[kind]);
          expect(responded).toHaveLength(invoke === null ? 0 : 1);
          expect(responded.every(({ status }) => status === 200)).toBe(true);
          const words: { readonly [Kind in Reply['kind']]: string } = {
            card: 'Een antwoord.',
            beside: 'Een antwoord.',
            offer: 'Teams vraagt het.',
            file: 'Het staat er.',
            told: 'Goed, dan niet.',
            refused: 'Een oude knop.',
            nothing: '',
          };
          expect(shown(outlet)).toContain(words[kind]);
          if (kind === 'file') expect(shown(outlet)).toContain(FILE.contentUrl);
          if (kind === 'nothing') expect(said).toEqual([]);
        },
      ),
    ).toEqual([]);
  });

  it('each kind of reply stands in the answer to a press when the chat takes no message', async () => {
    expect(
      await faultsOf(['told', 'refused', 'file'] as const, async (kind) => {
        const outlet = recordingOutlet('press', () => REFUSED);
        await answer(outlet, REPLIES[kind]);
        expect(JSON.stringify(outlet.responded)).toContain((REPLIES[kind] as { message: string }).message);
      }),
    ).toEqual([]);
  });

  it('what asks for a place for a file and is refused brings the way without one', async () => {
    const refusesFiles = (message: Message) =>
      message.attachments?.[0]?.contentType.includes('file.consent') ? REFUSED : SENT;
    const { said, ...outlet } = recordingOutlet(null, refusesFiles);
    await answer(outlet, REPLIES.offer);
    expect(JSON.stringify(said.at(-1))).toContain('Kopieer het.');
  });
});

describe('answer: a card that is larger than Teams takes', () => {
  const large = card('a'.repeat(29_000));
  it('is not sent what Teams would refuse, and the person is told', async () => {
    expect(
      await faultsOf<[string, Reply]>(
        [
          ['as the answer', { kind: 'card', card: large }],
          ['beside a form', { kind: 'beside', card: large }],
          ['with a file that is offered', { ...REPLIES.offer, card: large }],
          ['in the place of a file', { ...REPLIES.offer, otherwise: large }],
        ],
        async (_case, reply) => {
          for (const invoke of ['press', null] as const) {
            const outlet = recordingOutlet(invoke);
            await answer(outlet, reply);
            expect(shown(outlet)).not.toContain('aaaaaaaaaa');
            expect(outlet.said.map(({ text }) => text)).toEqual([
              expect.stringMatching(/meer tekst dan ik aankan.*113.*112/),
            ]);
          }
        },
      ),
    ).toEqual([]);
  });
});

describe('answer: the time of a turn', () => {
  it('leaves enough of it to say that the answer did not come', async () => {
    let time = 0;
    const slow: Outlet = {
      ...recordingOutlet(null),
      monotonicNow: () => time,
      left: () => 8_000 - time,
      async send(_message, withinMs) {
        time += withinMs;
        return { outcome: { kind: 'uncertain', why: 'no answer in time' }, status: null };
      },
    };
    await expect(answer(slow, REPLIES.card)).rejects.toMatchObject({ code: 'answer-undelivered' });
    expect(time).toBeLessThanOrEqual(6_500);
  });
});
