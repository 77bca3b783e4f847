import '../portal/portal';
import '../seat-editor/seat-editor';
import { PlanTable } from './plan-table.component';

customElements.define('tg-plan-table', PlanTable);

declare global {
  interface HTMLElementTagNameMap {
    'tg-plan-table': PlanTable;
  }
}
