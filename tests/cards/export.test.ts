import { describe, expect, it } from 'vitest';
import { type Exported, exportRecordsCard } from '../../cards/about/export.card.js';
import { partsOf } from '../support/teams/teams-card.js';
import { agreementView } from './samples.js';

/** What somebody gets who goes through all pages: texts to read, and what stands in the code blocks, put together. */
function throughAll(records: readonly Exported[]): { readonly read: string[]; readonly code: string } {
  const read: string[] = [];
  const code: string[] = [];
  for (let page = 0, last = ''; page < 200; page += 1) {
    const card = exportRecordsCard('nl', records, { asked: page });
    const body = JSON.stringify(card.body);
    if (body === last) break;
    last = body;
    for (const part of partsOf(card)) {
      if (part.type === 'TextBlock') read.push(String(part.text));
      if (part.type === 'CodeBlock') code.push(String(part.codeSnippet));
    }
  }
  return { read, code: code.join('\n') };
}

describe('everything about somebody, in the chat', () => {
  it('is whole, however many evaluations there were', () => {
    const evaluations = Array.from({ length: 400 }, (_, at) => ({
      day: `20${20 + Math.floor(at / 100)}-01-${String(1 + (at % 28)).padStart(2, '0')}`,
      outcomes: { '1': 'works' as const, '2': 'adjust' as const },
    }));
    const agreement = { ...agreementView(), evaluations };
    const days = { since: '2020-01-01', changed: '2027-01-01', until: null, answered: null };
    const { read, code } = throughAll([
      { recorded: { kind: 'agreement', agreement, ...days }, kept: agreement },
    ]);
    expect(read.filter((line) => line.includes('Joris: Werkt'))).toHaveLength(400);
    expect(JSON.parse(code)).toEqual(agreement);
  });

  it('is on one card where it fits, to read and as it is kept', () => {
    const agreement = { ...agreementView(), evaluations: [] };
    const days = { since: '2027-01-08', changed: '2027-01-08', until: null, answered: null };
    const card = exportRecordsCard(
      'nl',
      [{ recorded: { kind: 'agreement', agreement, ...days }, kept: agreement }],
      { asked: 0 },
    );
    const types = partsOf(card).map(({ type }) => type);
    expect(types.filter((type) => type === 'CodeBlock')).toHaveLength(1);
    expect(JSON.stringify(card.body)).not.toContain('van 2');
  });
});
