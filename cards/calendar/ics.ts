/** What stands in a calendar. Instants, UTC; `stamp` is when it was made. */
export type Appointment = {
  /** Another for each day, so that a later file is another appointment. */
  readonly uid: string;
  readonly subject: string;
  readonly start: string;
  readonly end: string;
};

/** So many octets may a line have without its end. Source: RFC 5545, 3.1. */
const MOST_OCTETS = 75;

/**
 * An appointment as a file that every calendar opens (RFC 5545). Private, and with nobody invited: whom one meets and why
 * is not for whoever may look into a colleague's calendar.
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

/** In lines that are not too long: each after the first begins with a blank. No sign is cut in two. */
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
