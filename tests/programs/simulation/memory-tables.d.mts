import type { Tables } from '../../../bot/store/tables/tables.js';

export function openMemoryTables(): Tables;
