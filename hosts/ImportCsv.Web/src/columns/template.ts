import { csvLine } from '../csv/write-csv';
import type { Column } from './column';

/** Hands the reader an empty file with our columns and, where there are any, the examples. */
export function downloadTemplate(columns: readonly Column[], fileName: string): void {
  const examples = columns.map(({ example }) => example);
  const lines = [columns.map(({ label }) => label), ...(examples.some((example) => example !== '') ? [examples] : [])];
  // the mark tells spreadsheets that it is UTF-8
  const file = new Blob(['\ufeff', ...lines.map(csvLine)], { type: 'text/csv' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}
