import { resetPage } from '/tollgate/pages.js';

resetPage();
