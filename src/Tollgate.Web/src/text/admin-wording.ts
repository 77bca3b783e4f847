import { Catalogue } from './catalogue';
import type { AdminMessages } from './en/admin';

/** What the administration's components say. */
export const adminWording = new Catalogue<AdminMessages>('admin');

/** Replaces sentences of the administration in a language, or adds one, as `setMessages` does for billing. */
export function setAdminMessages(language: string, messages: Partial<AdminMessages>): void {
  adminWording.replace(language, messages);
}
