import { forgotPage } from '/tollgate/pages.js';

forgotPage();
