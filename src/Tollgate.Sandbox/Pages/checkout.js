(() => {
  const form = document.getElementById('pay');
  const byId = id => document.getElementById(id);
  const submit = byId('submit');
  const lines = [...document.querySelectorAll('[data-line]')];
  const decimals = Number(form.dataset.decimals);
  const digits = Number(form.dataset.digits);
  const multiple = Number(form.dataset.multiple);
  // as the server does: what lies between two amounts that can be charged is none
  const round = minor => multiple * Math.round(minor / multiple);

  const money = minor =>
    form.dataset.symbol +
    (minor / 10 ** decimals).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const quantityOf = line => {
    const input = line.querySelector('input');
    return input ? Number(input.value) : Number(line.querySelector('[data-quantity]').dataset.quantity);
  };
  const amountOf = line => round(Number(line.dataset.unit) * quantityOf(line));
  const discount = byId('discount')?.dataset;
  const subtotal = () => lines.reduce((sum, line) => sum + amountOf(line), 0);
  const taken = () => {
    if (!discount) return 0;
    const amounts = lines.filter(line => line.dataset.eligible === 'true').map(amountOf);
    return discount.percent
      ? amounts.reduce((sum, amount) => sum + round((amount * Number(discount.percent)) / 100), 0)
      : Math.min(Number(discount.amountOff), amounts.reduce((sum, amount) => sum + amount, 0));
  };
  const total = () => subtotal() - taken();

  const quantityIsValid = input =>
    /^\d+$/.test(input.value) && Number(input.value) >= Number(input.min) && Number(input.value) <= Number(input.max);

  function showTotals() {
    let valid = true;
    for (const line of lines) {
      const input = line.querySelector('input');
      if (input) {
        const good = quantityIsValid(input);
        valid &&= good;
        input.setAttribute('aria-invalid', String(!good));
        line.querySelector('[data-range]').classList.toggle('error', !good);
        line.querySelector('[data-step="-1"]').disabled = good && Number(input.value) <= Number(input.min);
        line.querySelector('[data-step="1"]').disabled = good && Number(input.value) >= Number(input.max);
        if (!good) continue;
      }
      line.querySelector('[data-amount]').textContent = money(amountOf(line));
    }
    if (valid) {
      if (discount) byId('discount-amount').textContent = money(taken());
      for (const id of ['total', 'total-big', 'total-button']) byId(id).textContent = money(total());
    }
    submit.disabled = !valid;
  }

  for (const line of lines) {
    const input = line.querySelector('input');
    if (!input) continue;
    input.addEventListener('input', showTotals);
    for (const button of line.querySelectorAll('[data-step]')) {
      button.addEventListener('click', () => {
        const next = (Number(input.value) || 0) + Number(button.dataset.step);
        input.value = Math.min(Number(input.max), Math.max(Number(input.min), next));
        showTotals();
      });
    }
  }

  function addQuantities(body) {
    for (const line of lines) {
      if (line.querySelector('input')) body.set(`quantities[${line.dataset.line}]`, String(quantityOf(line)));
    }
  }

  async function enterCode(code) {
    const body = new URLSearchParams({ code });
    addQuantities(body);
    const response = await fetch(`${location.pathname}/promotion`, { method: 'POST', body });
    if (response.ok) {
      location.reload();
      return;
    }
    const { error } = await response.json();
    byId('code-error').textContent = error.message;
    byId('code-error').hidden = false;
    byId('code').setAttribute('aria-invalid', 'true');
    byId('code').focus();
  }

  byId('code-apply')?.addEventListener('click', () => enterCode(byId('code').value));
  byId('code-remove')?.addEventListener('click', () => enterCode(''));
  byId('code')?.addEventListener('keydown', event => {
    if (event.key === 'Enter') enterCode(event.target.value);
  });

  cardForm({
    fields: ['email', 'country', 'postal_code', 'tax_id', 'number', 'expiry', 'cvc', 'name'].filter(byId),
    reloadOn: 'checkout_session_not_open',
    collect(body) {
      addQuantities(body);
      body.set('expected_amount', String(total()));
    },
  });
  showTotals();
})();
