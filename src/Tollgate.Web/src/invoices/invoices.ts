import '../portal/portal';
import '../text/english';
import { define } from '../look/page-wide';
import { Invoices } from './invoices.component';

define('tg-invoices', Invoices);

declare global {
  interface HTMLElementTagNameMap {
    'tg-invoices': Invoices;
  }
}
