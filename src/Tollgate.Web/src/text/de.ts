import { account } from './de/account';
import { checkout } from './de/checkout';
import { plans } from './de/plans';
import { prompt } from './de/prompt';
import { shared } from './de/shared';
import type { Messages } from './en';

/** Every sentence of the billing components, in German. */
export const de: Messages = { ...shared, ...prompt, ...plans, ...account, ...checkout };
