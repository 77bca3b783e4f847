import { prompt } from './en/prompt';
import { bringMessages } from './wording';

// the prompt alone brings its own sentences alone
bringMessages('en', prompt);
