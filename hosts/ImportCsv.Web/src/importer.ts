import './importer/importer';
import { followTheme } from './look/theme';

followTheme(['csv-importer']);

export { setMessages } from './text/wording';
export type { Messages } from './text/en';
export type { CsvImporter } from './importer/importer.component';
export type { PageRow } from './flow/collect-rows';
export type { TakeRows } from './flow/delivery';
