import { exportRecordsCard } from '../../../cards/about/export.card.js';
import { fileAskedCard, fileNotSavedCard } from '../../../cards/about/file.card.js';
import { waysCard } from '../../../cards/about/ways.card.js';
import { fileContext } from '../../../cards/actions.js';
import { messagesFor } from '../../../cards/content/words.js';
import type { UploadFile } from '../../clients/onedrive-upload.js';
import { type Reply, refuse, show, showBeside, tell, type VerbHandlers } from '../../reply.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import type { People } from '../../store/people.js';
import { type FileAnswer, type Turn, zoneOf } from '../../turn.js';
import { exportedOf, type FileMaking, fileName, fileOf } from './export.rules.js';
import type { ReadOwnData } from './own-data.js';

export type ExportDeps = {
  readonly ownData: ReadOwnData;
  readonly people: Pick<People, 'get'>;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  readonly upload: UploadFile;
  readonly zone: string;
};

export type Export = VerbHandlers<'about.ways' | 'about.export' | 'about.file'> & {
  /** What somebody said to a file that was offered. */
  fileAnswered(turn: Turn, answer: FileAnswer): Promise<Reply>;
};

/** Somebody takes along all that is kept of them: as a file in their OneDrive, or from the chat. */
export function createExport(deps: ExportDeps): Export {
  /** All that a file or the chat is made of, read anew each time: nothing of it is kept in between. */
  const read = async (turn: Turn): Promise<Pick<FileMaking, 'own' | 'terms' | 'zone' | 'now'>> => {
    const [own, { terms }, zone] = await Promise.all([
      deps.ownData(turn),
      deps.organisationSettings.of(turn.tenant),
      zoneOf(deps, turn),
    ]);
    return { own, terms, zone, now: turn.now };
  };
  const inChat = (turn: Turn, made: Awaited<ReturnType<typeof read>>, page: number, notice = '') => {
    const { own, terms, zone } = made;
    const { unreadable } = own.records;
    return exportRecordsCard(turn.lang, exportedOf(own, terms, zone), { asked: page, notice, unreadable });
  };
  return {
    'about.ways': async ({ lang }) => show(waysCard(lang)),
    'about.export': async (turn) => show(inChat(turn, await read(turn), turn.data.page)),
    'about.file': async (turn) => {
      const { lang, data } = turn;
      const words = messagesFor(lang).export;
      const made = await read(turn);
      // For its size alone, which Teams takes as an estimate.
      const { length } = fileOf({ ...made, lang, as: data.as });
      return {
        kind: 'offer',
        offer: {
          name: fileName({ ...made, lang, as: data.as }),
          description: words.fileDescription[data.as],
          sizeInBytes: length,
          context: { as: data.as, lang },
        },
        card: fileAskedCard(lang),
        otherwise: inChat(turn, made, 0, words.noFiles),
      };
    },
    async fileAnswered(turn, { accepted, context, place }) {
      const asked = fileContext.safeParse(context);
      if (!asked.success) return refuse('outdated', messagesFor(turn.lang).notice.outdated);
      const { as, lang } = asked.data;
      const words = messagesFor(lang).export;
      if (!accepted) return tell(words.declined);
      if (place === null) return showBeside(fileNotSavedCard(lang, as, 'failed'));
      // Read anew, of whoever accepts: a consent of somebody else's brings nothing of theirs.
      const bytes = fileOf({ ...(await read(turn)), lang, as });
      const { uploadUrl, ...file } = place;
      const outcome = await deps.upload(uploadUrl, bytes);
      if (outcome !== 'saved') return showBeside(fileNotSavedCard(lang, as, outcome));
      return { kind: 'file', message: words.saved, file };
    },
  };
}
