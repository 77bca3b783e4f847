/* The card form of the hosted pages: typing, checks, refusals in place, 3D Secure. */
function cardForm({ fields, collect = () => {}, reloadOn = '' }) {
  const form = document.getElementById('pay');
  const byId = id => document.getElementById(id);
  const submit = byId('submit');
  const alertBox = byId('alert');
  const fieldOfParam = {
    number: 'number', exp_month: 'expiry', exp_year: 'expiry', cvc: 'cvc', email: 'email', value: 'tax_id',
  };
  const fieldOfCode = { incorrect_cvc: 'cvc', expired_card: 'expiry', incorrect_number: 'number' };

  byId('number')?.addEventListener('input', event => {
    const typed = event.target.value.replace(/\D/g, '').slice(0, 19);
    event.target.value = typed.replace(/(.{4})(?=.)/g, '$1 ');
  });
  byId('expiry')?.addEventListener('input', event => {
    const typed = event.target.value.replace(/\D/g, '').slice(0, 4);
    const deleting = event.inputType?.startsWith('delete');
    event.target.value = typed.length > 2 || (typed.length === 2 && !deleting)
      ? `${typed.slice(0, 2)} / ${typed.slice(2)}`
      : typed;
  });

  function showError(field, message) {
    const input = byId(field);
    const error = byId(`${field}-error`);
    if (!error) return;
    input.setAttribute('aria-invalid', String(Boolean(message)));
    error.textContent = message ?? '';
    error.hidden = !message;
  }

  function showAlert(message) {
    alertBox.textContent = message ?? '';
    alertBox.hidden = !message;
    byId('advice').hidden = true;
  }

  const luhn = number =>
    [...number].reverse().reduce((sum, digit, index) => {
      const weighed = index % 2 ? Number(digit) * 2 : Number(digit);
      return sum + (weighed > 9 ? weighed - 9 : weighed);
    }, 0) % 10 === 0;

  const checks = {
    email: value => (/^\S+@\S+\.\S+$/.test(value) ? null : 'Enter an e-mail address.'),
    number: value => {
      const number = value.replace(/\D/g, '');
      return number.length < 12 || !luhn(number) ? 'Your card number is incorrect.' : null;
    },
    expiry: value => (/^(0[1-9]|1[0-2]) \/ \d\d$/.test(value) ? null : 'Enter month and year, e.g. 12 / 34.'),
    cvc: value => (/^\d{3,4}$/.test(value) ? null : 'Enter the 3 or 4 digits.'),
    name: value => (value.trim() ? null : 'Enter the name on the card.'),
    country: value => (/^[A-Z]{2}$/.test(value) ? null : 'Enter the two letters of the country, e.g. DE.'),
    postal_code: value => (value.trim() ? null : 'Enter the postal code.'),
    tax_id: () => null,
  };

  function validate() {
    let first = null;
    for (const field of fields) {
      const input = byId(field);
      const message = input.readOnly ? null : checks[field](input.value);
      showError(field, message);
      if (message) first ??= input;
    }
    first?.focus();
    return !first;
  }

  for (const field of fields) {
    byId(field).addEventListener('input', () => showError(field, null));
  }

  byId('fill')?.addEventListener('click', () => {
    const values = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123', name: 'Jenny Rosen' };
    if (byId('email') && !byId('email').value) values.email = 'jenny@example.com';
    for (const [field, value] of Object.entries(values)) {
      byId(field).value = value;
      showError(field, null);
    }
    submit.focus();
  });

  function setBusy(busy) {
    submit.disabled = busy;
    submit.setAttribute('aria-busy', String(busy));
    form.classList.toggle('busy', busy);
  }

  async function pay(authenticated) {
    showAlert(null);
    setBusy(true);
    const body = new URLSearchParams();
    for (const field of fields) body.set(field, byId(field).value.trim());
    collect(body);
    if (authenticated) body.set('authenticated', 'true');
    try {
      const response = await fetch(location.pathname, { method: 'POST', body });
      const answer = await response.json();
      if (answer.redirect) {
        location.assign(answer.redirect);
        return;
      }
      showRefusal(answer.error);
    } catch {
      showAlert('The Sandbox did not answer. Nothing was charged twice; try again.');
    }
    setBusy(false);
  }

  function showRefusal(error) {
    if (error.code === 'authentication_required') {
      byId('challenge').showModal();
      return;
    }
    if (error.code === reloadOn) {
      location.reload();
      return;
    }
    const field = fieldOfParam[error.param] ?? fieldOfCode[error.code];
    if (field && byId(`${field}-error`)) {
      showError(field, error.message);
      byId(field).focus();
    } else {
      showAlert(error.message);
      byId('advice').hidden = error.type !== 'card_error';
    }
  }

  byId('challenge-pass').addEventListener('click', () => {
    byId('challenge').close();
    pay(true);
  });
  byId('challenge-fail').addEventListener('click', () => {
    byId('challenge').close();
    showAlert('We are unable to authenticate your payment method. Please choose a different one and try again.');
  });

  form.addEventListener('submit', event => {
    event.preventDefault();
    if (validate()) pay(false);
  });
}
