import { prompt } from './en/prompt';
import { wording } from './wording';

// the prompt alone brings its own sentences alone
wording.bring('en', prompt);
