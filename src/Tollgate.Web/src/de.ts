import { adminGerman } from './text/de/admin';
import { de } from './text/de';
import { adminWording } from './text/admin-wording';
import { wording } from './text/wording';

// loaded by pages that want it, before or after the components: they change when it arrives
wording.bring('de', de);
adminWording.bring('de', adminGerman);
