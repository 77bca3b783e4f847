import type { Problem } from '../api/answer';
import { columnsMax } from '../csv/csv-parser';
import type { Messages } from './en';
import type { Format } from './format';

/** What a person reads about a failure: our sentence for what we know, else the server's own. */
export function problemText(problem: Problem, say: Messages, format: Format): string {
  const line = say.lineNumber(problem.line ?? 1, format);
  switch (problem.code) {
    case 'csv_malformed':
      return say.malformedCsv(line);
    case 'line_too_long':
      return say.lineTooLong(line);
    case 'too_many_columns':
      return say.tooManyColumns(line, columnsMax, format);
    case 'encoding_broken':
      return say.encodingBroken(line);
    case 'import_limit_reached':
      return importLimitText(problem, say, format);
    case 'row_limit_exceeded':
      return problem.limit === null ? problem.detail || say.fileTooLarge : say.rowsAtMost(problem.limit, format);
    default:
      return plainText(problem.code, say) ?? (problem.detail || say.failed(problem.status));
  }
}

/** A heading for what is no mistake: a limit. */
export function limitTitle(problem: Problem, say: Messages): string | null {
  switch (problem.code) {
    case 'import_limit_reached':
      return say.importsUsed;
    case 'row_limit_exceeded':
      return say.tooManyRows;
    case 'payment_required':
      return say.paused;
    default:
      return null;
  }
}

function importLimitText({ limit, resetsAt }: Problem, say: Messages, format: Format): string {
  const used = limit === null ? '' : say.importsUsedOf(limit, format);
  const opens = resetsAt === null ? '' : say.opensOn(format.day(resetsAt));
  return `${used} ${opens}`.trim();
}

function plainText(code: string, say: Messages): string | undefined {
  const texts: Readonly<Record<string, string>> = {
    not_csv: say.notCsv,
    file_empty: say.fileEmpty,
    file_unreadable: say.fileUnreadable,
    file_too_large: say.fileTooLarge,
    several_files: say.oneFile,
    unreachable: say.unreachable,
    too_slow: say.tooSlow,
    malformed_answer: say.malformed,
    import_in_progress: say.underWay,
    importer_not_found: say.unknownImporter,
    origin_not_allowed: say.foreignOrigin,
    columns_invalid: say.columnsInvalid,
    callback_failed: say.callbackFailed,
    payment_required: say.pausedUntilPaid,
    mapping_invalid: say.mappingInvalid,
  };
  return Object.hasOwn(texts, code) ? texts[code] : undefined;
}
