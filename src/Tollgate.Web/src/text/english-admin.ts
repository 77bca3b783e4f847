import { adminWording } from './admin-wording';
import { admin } from './en/admin';
import { shared } from './en/shared';
import { wording } from './wording';

wording.bring('en', shared);
adminWording.bring('en', admin);
