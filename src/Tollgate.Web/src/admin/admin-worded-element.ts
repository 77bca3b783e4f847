import { TollgateElement } from '../look/tollgate-element';
import { adminWording } from '../text/admin-wording';
import type { AdminMessages } from '../text/en/admin';
import { adminStyles } from './admin.styles';

/** What every component of the administration has: its words, and the looks that they share. */
export abstract class AdminWordedElement extends TollgateElement {
  static override styles = [TollgateElement.styles, adminStyles];

  protected get words(): AdminMessages {
    return adminWording.for(this).say;
  }
}
