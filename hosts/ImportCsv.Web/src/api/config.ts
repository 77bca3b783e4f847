import type { Column } from '../columns/column';
import { readColumns } from '../columns/read-columns';
import { type Delimiter, delimiters } from '../csv/delimiter';
import { type Answer, failed, ownProblem, parseJson, readAnswer, readProblem } from './answer';
import { bag, flag, optionalMoment, optionalText, optionalWhole } from './read';

/** What an importer is set to, by the server for a key, or by the page itself. */
export interface ImporterConfig {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly showBranding: boolean;
  /** Rows that one import may have; null when there is no such limit. */
  readonly rowsMax: number | null;
  /** Imports that a month may have; null when there is no such limit. */
  readonly importsMax: number | null;
  readonly canImport: boolean;
  /** Nothing is taken because the plan is not paid for. */
  readonly isPaused: boolean;
  readonly resetsAt: Date | null;
  readonly upgradeUrl: string | null;
  readonly customCss: string | null;
  /** What stands between the values of each file; null where the file says. */
  readonly delimiter: Delimiter | null;
}

const answerWithinMs = 15_000;

/** GET the config of an importer. Never throws, but for a call that `signal` ended. */
export async function fetchConfig(api: string, key: string, signal: AbortSignal): Promise<Answer<ImporterConfig>> {
  const inTime = AbortSignal.timeout(answerWithinMs);
  try {
    const response = await fetch(`${api}/api/v1/importers/${encodeURIComponent(key)}/config`, {
      headers: { Accept: 'application/json, application/problem+json' },
      credentials: 'omit',
      signal: AbortSignal.any([signal, inTime]),
    });
    const body = parseJson(await response.text());
    return response.ok ? readAnswer(body, readConfig) : failed(readProblem(response.status, body));
  } catch {
    // fetch tells neither why it failed nor anything a reader could act on: no answer, or none in time
    signal.throwIfAborted();
    return failed(ownProblem(inTime.aborted ? 'too_slow' : 'unreachable'));
  }
}

function readConfig(value: unknown): ImporterConfig {
  const from = bag(value, 'config');
  const limits = bag(from['limits'] ?? {}, 'limits');
  return {
    name: optionalText(from, 'name') ?? '',
    columns: readColumns(from['columns']),
    // a badge does not get lost with a field
    showBranding: flag(from, 'showBranding', true),
    rowsMax: optionalWhole(limits, 'rows_per_import'),
    importsMax: optionalWhole(bag(limits['imports'] ?? {}, 'imports'), 'limit'),
    canImport: flag(from, 'can_import', true),
    isPaused: flag(from, 'is_paused', false),
    resetsAt: optionalMoment(limits, 'resets_at'),
    upgradeUrl: optionalText(from, 'upgrade_url'),
    customCss: optionalText(from, 'custom_css'),
    delimiter: readDelimiter(optionalText(from, 'delimiter')),
  };
}

/** The page's own columns: no key, no server, no badge, no limit but the page's. Throws `Malformed`. */
export function pageConfig(columns: unknown, rowsMax: number, delimiter: string): ImporterConfig {
  return {
    name: '',
    columns: readColumns(columns),
    showBranding: false,
    rowsMax,
    importsMax: null,
    canImport: true,
    isPaused: false,
    resetsAt: null,
    upgradeUrl: null,
    customCss: null,
    delimiter: readDelimiter(delimiter === 'tab' ? '\t' : delimiter),
  };
}

/** One that nobody knows is as none: the file says. */
function readDelimiter(value: string | null): Delimiter | null {
  return delimiters.find((each) => each === value) ?? null;
}
