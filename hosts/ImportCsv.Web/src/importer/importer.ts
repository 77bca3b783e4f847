import { CsvImporter } from './importer.component';

customElements.define('csv-importer', CsvImporter);

declare global {
  interface HTMLElementTagNameMap {
    'csv-importer': CsvImporter;
  }
}
