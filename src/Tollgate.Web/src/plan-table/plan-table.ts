import '../portal/portal';
import '../seat-editor/seat-editor';
import '../text/english';
import { define } from '../look/page-wide';
import { PlanTable } from './plan-table.component';

define('tg-plan-table', PlanTable);

declare global {
  interface HTMLElementTagNameMap {
    'tg-plan-table': PlanTable;
  }
}
