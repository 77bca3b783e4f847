import type { Format } from './format';

/** Every sentence of the importer, in English. Another language is another object of this shape. */
export const en = {
  // the way
  importCsv: 'Import a CSV file',
  importTo: (name: string) => `Import to ${name}`,
  steps: 'Steps',
  stepFile: 'File',
  stepColumns: 'Columns',
  stepCheck: 'Check',
  stepImport: 'Import',
  back: 'Back',
  cancel: 'Cancel',
  tryAgain: 'Try again',
  loading: 'Loading the importer',
  poweredBy: 'Powered by ImportCSV',

  // pick
  drop: 'Drop a CSV file here',
  orChoose: 'or choose one from your device',
  chooseFile: 'Choose file',
  upToRows: (rows: number, f: Format) =>
    f.plural(rows, `Up to ${f.number(rows)} row.`, `Up to ${f.number(rows)} rows.`),
  checkedHere: 'Your file is checked here, before anything is sent.',
  wanted: 'What it should hold',
  required: 'required',
  template: 'Download a template',
  templateName: 'template.csv',

  // work
  reading: (file: string) => `Reading ${file}`,
  checking: (file: string) => `Checking ${file}`,
  sending: (file: string) => `Importing ${file}`,
  writing: (file: string) => `Preparing ${file}`,
  keepOpen: 'Keep this page open until it is done.',
  nearly: 'All sent. Waiting for the answer.',

  // map
  matchColumns: 'Match the columns',
  matchIntro: (file: string, rows: number, f: Format) =>
    f.plural(rows, `${file} has ${f.number(rows)} row.`, `${file} has ${f.number(rows)} rows.`),
  fromFile: 'From your file',
  notImported: 'Leave out',
  chooseColumn: 'Choose a column',
  columnNumber: (index: number, f: Format) => `Column ${f.number(index)}`,
  noValues: 'no values in the first rows',
  means: (value: string) => `${value} means`,
  thousands: (value: string) => `${value} (thousands)`,
  decimals: (value: string) => `${value} (decimals)`,
  requiredUnmatched: (columns: string) => `Choose where these come from: ${columns}.`,
  nothingMatched: 'Choose at least one column.',
  nowUsed: (theirs: string, ours: string) => `${theirs} now goes to ${ours}.`,
  isItOne: 'Is it this one?',
  whichDelimiter: 'This file can be read in more than one way. Which one is right?',
  delimiterFirst: 'Say first how the file is to be read.',
  notes: {
    space_beside_quotes: (line: string) => `${line}: the space beside quotation marks was ignored.`,
    blank_rows_skipped: (line: string) => `${line}: rows without a single value were skipped.`,
  },
  hasHeader: 'The first row holds the names of the columns',
  firstRows: 'The first rows of your file',
  line: 'Line',
  moreColumns: (count: number, f: Format) =>
    f.plural(count, `and ${f.number(count)} more column`, `and ${f.number(count)} more columns`),
  readAs: (encoding: string, delimiter: string) => `Read as ${encoding}, values separated by ${delimiter}`,
  looksWrong: 'Does something look wrong? Read the file differently.',
  encoding: 'Encoding',
  delimiter: 'Separated by',
  delimiters: { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' },
  checkRows: 'Check the rows',

  // review
  allSound: (rows: number, f: Format) =>
    f.plural(rows, `The one row is fine`, `All ${f.number(rows)} rows are fine`),
  allSoundNext: 'Nothing has been imported yet.',
  someFaulty: (faulty: number, rows: number, f: Format) =>
    f.plural(
      faulty,
      `${f.number(faulty)} of ${f.number(rows)} rows needs a look`,
      `${f.number(faulty)} of ${f.number(rows)} rows need a look`,
    ),
  correctHere: 'Correct them here, or go on without them: a row that still has a problem is left out.',
  noneSound: 'None of the rows can be imported as it is. Correct a row, or match the columns again.',
  noRows: 'There is no row below the names of the columns.',
  keptOf: (kept: number, f: Format) =>
    `Only the first ${f.number(kept)} are shown. If there are so many, it is easier to correct the file itself.`,
  sound: 'Fine now',
  lineNumber: (line: number, f: Format) => `Line ${f.number(line)}`,
  cell: (column: string, line: number, f: Format) => `${column}, line ${f.number(line)}`,
  showMore: (count: number, f: Format) => `Show ${f.number(count)} more`,
  importRows: (rows: number, f: Format) =>
    f.plural(rows, `Import ${f.number(rows)} row`, `Import ${f.number(rows)} rows`),
  corrected: (line: number, rows: number, f: Format) =>
    f.plural(
      rows,
      `Line ${f.number(line)} is fine now. ${f.number(rows)} row to import.`,
      `Line ${f.number(line)} is fine now. ${f.number(rows)} rows to import.`,
    ),
  stillFaulty: (line: number, problem: string, f: Format) => `Line ${f.number(line)}: ${problem}`,

  // done
  imported: (rows: number, f: Format) =>
    f.plural(rows, `${f.number(rows)} row imported`, `${f.number(rows)} rows imported`),
  leftOut: (rows: number, f: Format) =>
    f.plural(rows, `${f.number(rows)} row was left out.`, `${f.number(rows)} rows were left out.`),
  allThere: 'Everything in your file is there.',
  notTaken: (count: number, f: Format) =>
    f.plural(count, `${f.number(count)} row was not accepted`, `${f.number(count)} rows were not accepted`),
  firstOnly: (count: number, f: Format) => `The first ${f.number(count)} problems:`,
  importAnother: 'Import another file',

  // what is wrong with a value
  value: {
    required_missing: 'A value is needed here.',
    not_a_number: 'Not a number.',
    not_an_integer: 'Not a whole number.',
    not_a_date: 'Not a date. Write it like 2026-11-21.',
    not_a_boolean: 'Write true or false.',
    not_an_email: 'Not an e-mail address.',
    not_a_url: 'Not a web address. Write it like https://example.com.',
    not_in_list: 'Not one of the values that are allowed.',
    pattern_mismatch: 'Not written as it is asked for.',
    too_small: 'Too small.',
    too_large: 'Too large.',
    duplicate_value: 'An earlier row has the same value.',
    too_few_fields: 'This line has fewer values than the first one. Correct it in the file.',
    too_many_fields: 'This line has more values than the first one. Correct it in the file.',
  },
  atLeast: (least: number, f: Format) => `${f.number(least)} is the least.`,
  atMost: (most: number, f: Format) => `${f.number(most)} is the most.`,
  charactersLeast: (least: number, f: Format) =>
    f.plural(least, `At least ${f.number(least)} character.`, `At least ${f.number(least)} characters.`),
  charactersMost: (most: number, f: Format) =>
    f.plural(most, `At most ${f.number(most)} character.`, `At most ${f.number(most)} characters.`),
  writeLike: (example: string) => `Write it like ${example}.`,

  // what is wrong with a file
  malformedCsv: (line: string) =>
    `${line}: a quotation mark is not where it should be, or is never closed. Correct the file, then choose it again.`,
  notCsv: 'This is not a CSV file. Export the table as CSV, then choose it again.',
  lineTooLong: (line: string) => `${line} is too long for a row of a table. Is this a CSV file?`,
  tooManyColumns: (line: string, most: number, f: Format) =>
    `${line} has more than ${f.number(most)} columns. Is this a CSV file?`,
  fileEmpty: 'This file is empty.',
  fileUnreadable: 'This file can no longer be read. It was moved or changed since; choose it again.',
  encodingBroken: (line: string) =>
    `${line} has characters that make no sense. Save the file as "CSV UTF-8", then choose it again.`,
  fileTooLarge: 'This file is too large. Split it, and import the parts one after the other.',
  oneFile: 'One file at a time, please.',

  // what went wrong
  unreachable: "We couldn't reach the server. Check your connection and try again.",
  tooSlow: 'The server is taking too long to answer. Try again in a moment.',
  malformed: "The server's answer made no sense to this page. Try again in a moment.",
  failed: (status: number) => `That didn't work (error ${status}). Try again in a moment.`,
  nothingTwice: 'Trying again imports nothing twice.',
  underWay: 'The server is still busy with the first try. Try again in a moment.',
  unknownImporter: 'There is no importer here any more. Tell whoever runs this site.',
  foreignOrigin: 'The importer is not set up for this site. Tell whoever runs it.',
  columnsInvalid: 'The importer is not set up rightly on this page. Tell whoever runs it.',
  callbackFailed: "This page couldn't take the rows. Try again, or tell whoever runs it.",
  mappingInvalid: 'The importer has changed meanwhile. Reload the page and choose your file again.',

  // limits
  paused: 'Importing is paused',
  pausedUntilPaid: 'The plan of this importer is not paid for. It takes files again as soon as it is.',
  importsUsed: 'No more imports this month',
  importsUsedOf: (limit: number, f: Format) =>
    f.plural(
      limit,
      `The one import of this month is used.`,
      `All ${f.number(limit)} imports of this month are used.`,
    ),
  opensOn: (day: string) => `Importing opens again on ${day}.`,
  tooManyRows: 'That is more than one import may have',
  rowsAtMost: (limit: number, f: Format) =>
    f.plural(
      limit,
      `An import may have ${f.number(limit)} row. Split the file, and import the parts one after the other.`,
      `An import may have ${f.number(limit)} rows. Split the file, and import the parts one after the other.`,
    ),
  nothingLost: 'Nothing was imported, and your file is untouched.',
  doYouRunIt: 'Do you run this site?',
  seePlans: 'See plans with more room',
  payNow: 'Pay the open invoice',
};

export type Messages = typeof en;
