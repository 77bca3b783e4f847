/** Answers of the server as the contract has them, for tests. Each call makes a fresh object to alter. */
export function configAnswer() {
  return {
    key: 'imp_1',
    name: 'Contacts',
    columns: [
      { key: 'name', label: 'Full name', type: 'text', required: true, example: 'Ada Lovelace' },
      { key: 'email', label: 'E-mail', type: 'email', required: true, unique: true, example: 'ada@example.com' },
      { key: 'born', label: 'Date of birth', type: 'date', example: '1815-12-10' },
      { key: 'level', label: 'Level', type: 'select', values: ['gold', 'silver'] },
    ] as object[],
    showBranding: true,
    tier: 'free',
    limits: { imports: { used: 3, limit: 100 }, rows_per_import: 1_000, resets_at: '2026-12-01T12:00:00Z' },
    custom_css: null as string | null,
    can_import: true,
    upgrade_url: '/settings/billing' as string | null,
  };
}

/** Columns whose values people write in different ways. */
export const writtenColumns = [
  { key: 'name', label: 'Full name' },
  { key: 'born', label: 'Date of birth', type: 'date', example: '1815-12-10' },
  { key: 'paid', label: 'Paid', type: 'number', example: '1234.50' },
  { key: 'seats', label: 'Seats', type: 'integer' },
];

export function importAnswer() {
  return {
    id: 'import_1',
    importer_key: 'imp_1',
    file_name: 'contacts.csv',
    status: 'completed',
    rows: 2,
    valid_rows: 2,
    error_count: 0,
    errors: [] as object[],
    result_url: '/api/v1/imports/import_1/result',
    detected: { encoding: 'utf-8', delimiter: ',' },
  };
}

export function limitAnswer() {
  return {
    code: 'import_limit_reached',
    title: 'Import limit reached',
    detail: 'All 100 imports of this month are used.',
    limit: 100,
    used: 100,
    tier: 'free',
    upgrade_url: '/settings/billing',
    resets_at: '2026-12-01T12:00:00Z',
  };
}

export const goodCsv = 'Name,E-Mail\nAda Lovelace,ada@example.com\nAlan Turing,alan@example.com\n';
export const faultyCsv = `${goodCsv}Grace Hopper,grace-at-navy\n,ada@example.com\nonly one\n`;
