// What who installs the package writes: the types must let it through. Checked by check-package.js, never built.
import { setMessages, type CsvImporter, type Messages, type PageRow, type TakeRows } from '@tollgate/importer';

const french: Partial<Messages> = { back: 'Retour', upToRows: (rows, f) => `${f.number(rows)} lignes au plus.` };
setMessages('fr', french);

const save: TakeRows = (rows: readonly PageRow[], { fileName }) => console.log(fileName, rows[0]?.['email']);
const importer: CsvImporter = document.createElement('csv-importer');
importer.columns = [{ key: 'email', type: 'email', required: true }];
importer.onRows = save;
importer.restart();
