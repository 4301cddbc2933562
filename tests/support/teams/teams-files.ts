import type { Activity, Attachment } from './activities.js';

/** What a bot sends to ask whether a file may be saved, and to show one that was. */
export const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
export const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info';

/** What SharePoint takes in no name of a file. */
const NOT_IN_A_NAME = /["*:<>?/\\|]|^\s|\s$/;

/** A file that a message offers. */
export type OfferedFile = {
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
  readonly acceptContext: unknown;
  readonly declineContext: unknown;
};

/** The file that a message offers; throws when it offers none. */
export function offeredFile(message: Activity): OfferedFile {
  const found = attachmentsOf(message, FILE_CONSENT)[0];
  if (found === undefined) throw new Error('the message offers no file');
  return { name: String(found.name), ...(found.content as Omit<OfferedFile, 'name'>) };
}

export function attachmentsOf(message: Activity, type: string): Attachment[] {
  return (message.attachments ?? []).filter(({ contentType }) => contentType === type);
}

/**
 * Why Teams would not take the files of a message, if so. Source: MicrosoftDocs/msteams-docs, bots-filesv4.md. The
 * stand-in has personal chats alone, which are the only ones where files are taken.
 */
export function fileFaults(message: Activity): string[] {
  return [
    ...attachmentsOf(message, FILE_CONSENT).flatMap(consentFaults),
    ...attachmentsOf(message, FILE_INFO).flatMap(infoFaults),
  ];
}

function consentFaults({ name, content }: Attachment): string[] {
  const { description, sizeInBytes, acceptContext, declineContext } = (content ?? {}) as Partial<OfferedFile>;
  return [
    ...nameFaults(name),
    ...(typeof description === 'string' && description !== '' ? [] : ['a file without a description']),
    ...(Number.isInteger(sizeInBytes) && Number(sizeInBytes) > 0 ? [] : ['a file without a size']),
    ...(isObject(acceptContext) && isObject(declineContext) ? [] : ['a file whose context is no object']),
  ];
}

function infoFaults({ name, contentUrl, content }: Attachment): string[] {
  const { uniqueId, fileType } = (content ?? {}) as { uniqueId?: unknown; fileType?: unknown };
  return [
    ...nameFaults(name),
    ...(/^https:\/\//.test(String(contentUrl)) ? [] : ['a saved file without an address']),
    ...(typeof uniqueId === 'string' && uniqueId !== '' ? [] : ['a saved file without an id']),
    ...(typeof fileType === 'string' && fileType !== '' ? [] : ['a saved file without a type']),
  ];
}

function nameFaults(name: unknown): string[] {
  if (typeof name !== 'string' || !/\.[a-z]+$/.test(name)) return ['a file without a name and a type'];
  return NOT_IN_A_NAME.test(name) ? [`a file cannot be called ${name}`] : [];
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
