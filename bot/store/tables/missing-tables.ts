import { codeOf } from '../../errors.js';
import { TABLE_NAMES, type TableName, type Tables } from './tables.js';

/** Since 0.2.0. Where only a version before has run there is none, and nothing in it that could be missed. */
const MADE_LATER: readonly TableName[] = ['scans'];

/** Which tables are there, and which are not although any version would have made them. */
export type TablesThere = { readonly there: readonly TableName[]; readonly missing: readonly TableName[] };

/** Looks for each table, one request each; throws where the service does not answer or refuses. */
export async function whichTables(tables: Tables): Promise<TablesThere> {
  const looked = await Promise.all(
    TABLE_NAMES.map(async (name) => ({ name, isThere: await isThere(tables, name) })),
  );
  return {
    there: looked.filter(({ isThere }) => isThere).map(({ name }) => name),
    missing: looked
      .filter(({ name, isThere }) => !isThere && !MADE_LATER.includes(name))
      .map(({ name }) => name),
  };
}

async function isThere(tables: Tables, name: TableName): Promise<boolean> {
  try {
    for await (const _row of tables.table(name).query({ most: 1 })) break;
    return true;
  } catch (error) {
    if (codeOf(error) === 'http-404') return false;
    throw error;
  }
}

/** Why tables cannot be read from, in a sentence for an operator; null where all that are needed are there. */
export function whyNotFrom(
  { there, missing }: TablesThere,
  prefix: string,
  needed: readonly TableName[] = TABLE_NAMES,
): string | null {
  if (there.length === 0)
    return `There are no tables whose names begin with ${prefix}: look at --prefix and TABLE_PREFIX. They are made when the bot starts.`;
  const lost = missing.filter((name) => needed.includes(name));
  if (lost.length === 0) return null;
  const names = lost.map((name) => prefix + name).join(', ');
  return `Not there: ${names}. Somebody deleted it, or the bot never started to its end; a bot that starts makes it anew, empty.`;
}
