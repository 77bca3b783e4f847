import { sendForm, showInstead, takeLink } from '/tollgate/pages.js';

const { code } = takeLink();
sendForm({ path: '/api/auth/billing-email', fill: () => ({ code }), done: () => showInstead('done') });
