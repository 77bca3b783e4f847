import { account } from './en/account';
import { checkout } from './en/checkout';
import { plans } from './en/plans';
import { prompt } from './en/prompt';
import { shared } from './en/shared';

/** Every sentence of the billing components, in English. Another language is another object of this shape. */
export const en = { ...shared, ...prompt, ...plans, ...account, ...checkout };

export type Messages = typeof en;
