/** A VEVENT. Instants are ISO 8601 UTC; `stamp` (DTSTAMP) is when it was made. */
export type Appointment = {
  /** Another for each day, so that a later file is another appointment. */
  readonly uid: string;
  readonly subject: string;
  readonly start: string;
  readonly end: string;
};

/** The most octets of a content line, without its line break. Source: RFC 5545, section 3.1. */
const MOST_OCTETS = 75;

/**
 * An event as an iCalendar file (RFC 5545). CLASS:PRIVATE and without attendees: colleagues who can see the calendar do not
 * learn whom one meets, nor why.
 */
export function icsOf({ uid, subject, start, end }: Appointment, stamp: string): string {
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Kopje Koffie//NL',
    'CALSCALE:GREGORIAN',
    'BEGIN:VEVENT',
    `UID:${escapeText(uid)}`,
    `DTSTAMP:${utc(stamp)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${escapeText(subject)}`,
    'CLASS:PRIVATE',
    'TRANSP:OPAQUE',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .flatMap(folded)
    .map((line) => `${line}\r\n`)
    .join('');
}

/** `20270126T090000Z`. */
function utc(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}

function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** Folds a content line: each line after the first begins with a space. No character is split between two lines. */
function folded(line: string): string[] {
  const lines: string[] = [];
  let part = '';
  for (const sign of line) {
    if (Buffer.byteLength(part + sign) > MOST_OCTETS) {
      lines.push(part);
      part = ' ';
    }
    part += sign;
  }
  return [...lines, part];
}
