import { type Answer, failed, ownProblem, parseJson, readAnswer, readProblem } from './answer';
import { bag, list, Malformed, optionalText, optionalWhole, text, whole } from './read';

/** A row that the server would not take. `line` is that of the file that was sent. */
export interface ServerRowError {
  readonly line: number;
  readonly column: string | null;
  readonly code: string;
  readonly message: string;
  readonly value: string;
}

/** What became of an import. */
export interface ImportOutcome {
  readonly id: string;
  readonly status: string;
  readonly rows: number;
  readonly validRows: number;
  readonly errorCount: number;
  /** The first ones. */
  readonly errors: readonly ServerRowError[];
  readonly resultUrl: string | null;
}

/** An import as it goes over the wire. Sent twice with one `idempotencyKey` it is one import. */
export interface ImportToSend {
  readonly api: string;
  readonly importerKey: string;
  readonly idempotencyKey: string;
  readonly mapping: Readonly<Record<string, string>>;
  readonly file: Blob;
  readonly fileName: string;
}

/** Without a sign of life for so long a server is taken for gone; a large import may take its time after the upload. */
const silenceMaxMs = 120_000;

/** Sends an import, by XMLHttpRequest since fetch tells nothing of an upload's progress. Never throws. */
export function sendImport(
  what: ImportToSend,
  signal: AbortSignal,
  progress: (sent: number, total: number) => void,
): Promise<Answer<ImportOutcome>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let silence = 0;
    const settle = (answer: Answer<ImportOutcome>) => {
      clearTimeout(silence);
      signal.removeEventListener('abort', abort);
      resolve(answer);
    };
    const waitAgain = () => {
      clearTimeout(silence);
      silence = window.setTimeout(() => {
        settle(failed(ownProblem('too_slow')));
        request.abort();
      }, silenceMaxMs);
    };
    const abort = () => request.abort();
    signal.addEventListener('abort', abort);
    request.upload.onprogress = ({ loaded, total }) => {
      waitAgain();
      progress(loaded, total);
    };
    request.onload = () => settle(readOutcomeOf(request));
    request.onerror = () => settle(failed(ownProblem('unreachable')));
    request.onabort = () => settle(failed(ownProblem('canceled')));
    request.open('POST', `${what.api}/api/v1/imports/`);
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Idempotency-Key', what.idempotencyKey);
    waitAgain();
    request.send(formOf(what));
  });
}

/** The file goes last: by then the server knows whose it is and may refuse it unread. */
function formOf({ importerKey, mapping, file, fileName }: ImportToSend): FormData {
  const form = new FormData();
  form.append('importer_key', importerKey);
  form.append('mapping', JSON.stringify(mapping));
  form.append('has_header', 'true');
  // as it was written, so that nothing is left to be guessed
  form.append('delimiter', ',');
  form.append('file', file, fileName);
  return form;
}

function readOutcomeOf(request: XMLHttpRequest): Answer<ImportOutcome> {
  const body = parseJson(request.responseText);
  const isDone = request.status >= 200 && request.status < 300;
  return isDone ? readAnswer(body, readOutcome) : failed(readProblem(request.status, body));
}

function readOutcome(value: unknown): ImportOutcome {
  const from = bag(value, 'import');
  return {
    id: text(from, 'id'),
    status: text(from, 'status'),
    rows: whole(from, 'rows'),
    validRows: whole(from, 'valid_rows'),
    errorCount: whole(from, 'error_count'),
    errors: list(from, 'errors', readRowError),
    resultUrl: optionalText(from, 'result_url'),
  };
}

function readRowError(value: unknown): ServerRowError {
  const from = bag(value, 'error');
  const said = (key: string) => (typeof from[key] === 'string' ? from[key] : '');
  const line = optionalWhole(from, 'line');
  if (line === null) {
    throw new Malformed('an error without a line');
  }
  const column = said('column') || null;
  return { line, column, code: text(from, 'code'), message: said('message'), value: said('value') };
}
