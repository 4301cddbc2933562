import type { Dump, World } from '../world.js';

/** The tables before something that must leave no trace, each row with the etag that any write would change. */
export async function beforeLookUp(world: World): Promise<Dump> {
  await Promise.all(world.bots.map((bot) => bot.flushAudit().catch(() => undefined)));
  return world.dump(true);
}

/**
 * What somebody looks up leaves no trace: not a row, not a touched one. It is what makes it safe to look for help
 * in an organisation's own bot.
 */
export async function lookUpsLeaveNoTrace(world: World, before: Dump, what: string): Promise<void> {
  const after = await beforeLookUp(world);
  const [old, now] = [rowsOf(before), rowsOf(after)];
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((id) => old.get(id) !== now.get(id));
  if (changed.length > 0)
    world.found('look-ups leave no trace', `${what.slice(0, 200)} changed ${changed.slice(0, 5).join('; ')}`);
}

function rowsOf(dump: Dump): Map<string, string> {
  return new Map(
    Object.entries(dump).flatMap(([table, rows]) =>
      rows.map((row): [string, string] => [
        `${table} ${row.partitionKey} ${row.rowKey}`,
        JSON.stringify(row),
      ]),
    ),
  );
}
