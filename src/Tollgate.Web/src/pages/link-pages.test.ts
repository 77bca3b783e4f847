import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { confirmPage, forgotPage, resetPage } from './link-pages';

const sent: { path: string; body: unknown }[] = [];

beforeEach(() => {
  sent.length = 0;
  document.body.innerHTML = `
    <form id="form">
      <input id="email" type="email" required /><input id="password" type="password" />
      <p id="wrong" hidden></p><p id="again" hidden></p>
      <button type="submit">Go</button>
    </form>
    <section id="sent" hidden></section><section id="done" hidden></section>`;
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  history.replaceState(null, '', '/');
});

/** What the server answers to all that is posted. */
function answer(status: number, body = ''): void {
  vi.stubGlobal('fetch', async (path: string, { body: json }: RequestInit) => {
    sent.push({ path, body: JSON.parse(String(json)) });
    return new Response(status === 204 ? null : body, { status });
  });
}

function type(id: string, value: string): void {
  (document.getElementById(id) as HTMLInputElement).value = value;
}

function submit(): void {
  document.getElementById('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
}

function shown(): string[] {
  return ['form', 'wrong', 'again', 'sent', 'done'].filter((id) => !document.getElementById(id)?.hidden);
}

function wrong(): string | null | undefined {
  return document.getElementById('wrong')?.textContent;
}

describe('the page that confirms an address', () => {
  test('sends what the link carries with the password, and goes to the start page', async () => {
    const left = vi.spyOn(location, 'replace').mockReturnValue();
    answer(204);
    history.replaceState(null, '', '/confirm?user=ada&code=s%2Bcret');
    confirmPage();
    expect(location.pathname + location.search).toBe('/confirm');
    expect(document.activeElement?.id).toBe('password');
    type('password', 'long-enough-words');
    submit();
    await vi.waitFor(() => expect(left).toHaveBeenCalledWith('/'));
    const body = { user: 'ada', code: 's+cret', password: 'long-enough-words' };
    expect(sent).toEqual([{ path: '/api/auth/confirm', body }]);
  });

  test('says why not, and takes another try', async () => {
    answer(404, '{"code":"confirmation_not_found","title":"T","detail":"Sign up anew."}');
    confirmPage();
    submit();
    await vi.waitFor(() => expect(wrong()).toBe('Sign up anew.'));
    expect(shown()).toEqual(['form', 'wrong']);
    submit();
    await vi.waitFor(() => expect(sent).toHaveLength(2));
  });
});

describe('the page of a forgotten password', () => {
  test('asks for a link, once for however many clicks', async () => {
    answer(204);
    forgotPage();
    type('email', 'ada@example.com');
    submit();
    submit();
    await vi.waitFor(() => expect(shown()).toEqual(['sent']));
    expect(sent).toEqual([{ path: '/api/auth/forgot', body: { email: 'ada@example.com' } }]);
  });

  test('wants an address first', () => {
    answer(204);
    forgotPage();
    submit();
    expect([wrong(), sent]).toEqual(['Enter your e-mail.', []]);
  });

  test('says when the server is not reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    forgotPage();
    type('email', 'ada@example.com');
    submit();
    await vi.waitFor(() => expect(wrong()).toContain("We couldn't reach the server."));
    expect(shown()).toEqual(['form', 'wrong']);
  });
});

describe('the page of a new password', () => {
  test('sends what the link carries with the password', async () => {
    answer(204);
    history.replaceState(null, '', '/reset?user=ada&code=s%2Bcret');
    resetPage();
    expect(location.pathname + location.search).toBe('/reset');
    type('password', 'some-newer-words');
    submit();
    await vi.waitFor(() => expect(shown()).toEqual(['done']));
    const body = { user: 'ada', code: 's+cret', password: 'some-newer-words' };
    expect(sent).toEqual([{ path: '/api/auth/reset', body }]);
  });

  test('wants twelve characters', () => {
    answer(204);
    resetPage();
    type('password', 'eleven-char');
    submit();
    expect([wrong(), sent]).toEqual(['Choose a password of at least 12 characters.', []]);
  });

  test.each([
    [404, '{"code":"reset_not_found","title":"It is over.","detail":"Ask anew."}', 'It is over. Ask anew.', true],
    [400, '{"code":"password_refused","title":"No.","detail":"Too plain."}', 'No. Too plain.', false],
    [502, '<html></html>', "That didn't work (error 502). Try again in a moment.", false],
  ])('that is refused with %i leads to another link where that helps', async (status, body, sentence, leads) => {
    answer(status, body);
    resetPage();
    type('password', 'some-newer-words');
    submit();
    await vi.waitFor(() => expect(wrong()).toBe(sentence));
    expect(shown()).toEqual(leads ? ['form', 'wrong', 'again'] : ['form', 'wrong']);
  });
});
