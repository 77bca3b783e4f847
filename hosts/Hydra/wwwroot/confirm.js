import { confirmPage } from '/tollgate/pages.js';

confirmPage();
