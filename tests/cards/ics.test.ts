import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { icsOf } from '../../cards/calendar/ics.js';

const STAMP = '2027-01-12T09:00:00.000Z';
const START = '2027-01-26T09:00:00.000Z';
const END = '2027-01-26T09:30:00.000Z';

/** Lines as RFC 5545 has them: each with its end, none too long, folded ones put together again. */
function linesOf(ics: string): string[] {
  expect(ics.endsWith('\r\n')).toBe(true);
  expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const lines = ics.slice(0, -2).split('\r\n');
  for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  return ics.slice(0, -2).replaceAll('\r\n ', '').split('\r\n');
}

/** A text as a calendar reads it back. */
function unescaped(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_all, sign: string) => (/n/i.test(sign) ? '\n' : sign));
}

describe('an appointment as a file', () => {
  it('is what RFC 5545 asks for, private and with nobody in it', () => {
    const ics = icsOf(
      { uid: 'evaluation-1-2027-01-26@kopje-koffie', subject: 'Even bijpraten', start: START, end: END },
      STAMP,
    );
    expect(linesOf(ics)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Kopje Koffie//NL',
      'CALSCALE:GREGORIAN',
      'BEGIN:VEVENT',
      'UID:evaluation-1-2027-01-26@kopje-koffie',
      'DTSTAMP:20270112T090000Z',
      'DTSTART:20270126T090000Z',
      'DTEND:20270126T093000Z',
      'SUMMARY:Even bijpraten',
      'CLASS:PRIVATE',
      'TRANSP:OPAQUE',
      'END:VEVENT',
      'END:VCALENDAR',
    ]);
  });

  it('keeps any subject whole, however long and whatever is in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const subject = text.replace(/[\r\n]/g, '');
        const lines = linesOf(icsOf({ uid: 'x', subject, start: START, end: END }, STAMP));
        expect(lines).toHaveLength(14);
        const summary = lines.find((line) => line.startsWith('SUMMARY:')) ?? '';
        expect(unescaped(summary.slice('SUMMARY:'.length))).toBe(subject);
      }),
    );
  });

  it('makes of a break in a subject no line of its own', () => {
    const lines = linesOf(icsOf({ uid: 'x', subject: 'a\r\nATTENDEE:b', start: START, end: END }, STAMP));
    expect(lines).toContain('SUMMARY:a\\nATTENDEE:b');
    expect(lines).toHaveLength(14);
  });
});
