import { en } from './en';
import { bringMessages } from './wording';

bringMessages('en', en);
