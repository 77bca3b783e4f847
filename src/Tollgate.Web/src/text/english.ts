import { en } from './en';
import { wording } from './wording';

wording.bring('en', en);
