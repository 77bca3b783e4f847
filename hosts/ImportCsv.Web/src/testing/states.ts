import type { CsvImporter } from '../importer/importer.component';
import { configAnswer, faultyCsv, goodCsv, importAnswer, limitAnswer, writtenColumns } from './answers';
import { csvFile } from './files';
import { pick, press, says, type Server, show } from './page';

const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** A state of the importer: what the server says, the way there, and words that are on the page only then. */
export type State = readonly [
  name: string,
  config: Server['config'],
  way: (importer: CsvImporter, server: Server) => Promise<void>,
  words: string,
];

const usual: Server['config'] = [200, configAnswer()];
const written: Server['config'] = [200, { ...configAnswer(), columns: writtenColumns }];
const writtenCsv = (date: string, number: string) =>
  `Name;Date of birth;Paid;Seats\nAda Lovelace;${date};${number};1.000\nAlan Turing;12/12/1815;2;2\n`;
const none = async () => {};
const picked = (content: string) => (importer: CsvImporter) => pick(importer, csvFile(content));

const checked = (content: string) => async (importer: CsvImporter) => {
  await picked(content)(importer);
  await press(importer, 'Check the rows');
};

const sent = (status: number, body?: unknown) => async (importer: CsvImporter, server: Server) => {
  await checked(goodCsv)(importer);
  await press(importer, 'Import 2 rows');
  (await server.upload()).answer(status, body);
};

const errors = [
  { line: 2, column: 'email', code: 'not_an_email', message: 'no', value: 'ada@example' },
  { line: 3, column: null, code: 'brand_new', message: `Said by the server ${longName}`, value: longName },
];

export const states: readonly State[] = [
  ['loading', 'never', none, 'Loading the importer'],
  ['pick', usual, none, 'Drop a CSV file here'],
  ['pick, long name', [200, { ...configAnswer(), name: longName, columns: [{ key: longName }] }], none, longName],
  ['pick, broken file', usual, picked('a,b\n1,"2\n'), 'Line 2: a quotation mark'],
  ['pick, too many rows', usual, picked(`a\n${'1\n'.repeat(1_001)}`), '1,000 rows. Split'],
  ['unknown', [404, { code: 'importer_not_found' }], none, 'no importer here'],
  ['foreign', [403, { code: 'origin_not_allowed' }], none, 'not set up for this site'],
  ['failed', [500, {}], none, 'error 500'],
  ['malformed', [200, { columns: 7 }], none, 'made no sense'],
  ['limit', [200, { ...configAnswer(), can_import: false }], none, 'All 100 imports'],
  ['paused', [200, { ...configAnswer(), can_import: false, is_paused: true }], none, 'Pay the open invoice'],
  ['match', usual, picked(goodCsv), 'Match the columns'],
  ['match, nothing alike', usual, checked('x,y\n1,2\n'), 'Choose where these come from'],
  ['match, wide', usual, picked(`Name,E-Mail,${`${longName},`.repeat(40)}\nAda,a@b.co\n`), 'more columns'],
  ['match, dates and numbers', written, picked(writtenCsv('21/11/2026', '1,5')), '21 November 2026 ·'],
  ['match, in doubt', written, picked(writtenCsv('03/04/2026', '1.500')), '03/04/2026 means'],
  ['match, delimiter asked', usual, checked('Ada, L;ada@example.com\nAlan, T;alan@example.com\n'), 'Say first how'],
  ['match, names asked', usual, picked('Ful name,customer email\nAda,ada@example.com\n'), 'Is it this one'],
  ['review, fine', usual, checked(goodCsv), 'All 2 rows are fine'],
  ['review, faulty', usual, checked(faultyCsv), '3 of 5 rows need a look'],
  ['review, no row', usual, checked('Name,E-Mail\n'), 'no row below'],
  ['sending', usual, sendHalf, '50%'],
  ['refused', usual, sent(402, limitAnswer()), 'No more imports this month'],
  ['failed to send', usual, sent(500, {}), 'imports nothing twice'],
  ['done', usual, sent(201), '2 rows imported'],
  ['done, with errors', usual, sent(201, { ...importAnswer(), valid_rows: 1, error_count: 2, errors }), 'not accepted'],
];

async function sendHalf(importer: CsvImporter, server: Server): Promise<void> {
  await checked(goodCsv)(importer);
  await press(importer, 'Import 2 rows');
  (await server.upload()).upload.onprogress!({ loaded: 50, total: 100 });
}

/** The importer in that state, once its words are on the page and nothing moves any more. */
export async function reach([, config, way, words]: State, server: Server): Promise<CsvImporter> {
  server.config = config;
  const importer = show();
  await way(importer, server);
  await says(importer, words);
  const running = importer.shadowRoot?.getAnimations() ?? [];
  const ending = running.filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished));
  return importer;
}
