import type { Tables } from '../../bot/store/tables.js';

export function openMemoryTables(): Tables;
