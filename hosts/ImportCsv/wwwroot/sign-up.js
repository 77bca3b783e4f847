import { sendForm, showInstead } from '/tollgate/pages.js';

const [email, password] = ['email', 'password'].map((id) => document.getElementById(id));

sendForm({
  path: '/api/auth/sign-up',
  fill: () =>
    email.validity.valid && password.value.length >= 12
      ? { email: email.value, password: password.value }
      : 'Enter your e-mail and a password of at least 12 characters.',
  done: ({ body }) => (body?.confirmation_sent ? showInstead('sent') : location.assign('/sign-in')),
});
