import { describe, expect, test } from 'vitest';
import { stripeLocation, ownLink } from './links';

const production = { origin: 'https://app.hydra.test', hostname: 'app.hydra.test', href: 'https://app.hydra.test/x' };
const local = { origin: 'http://localhost:8000', hostname: 'localhost', href: 'http://localhost:8000/x' };

describe('a page of Stripe', () => {
  test.each([
    ['https://checkout.stripe.com/c/pay/cs_live_1', production],
    ['https://checkout.stripe.com:443/c/pay/cs_live_1', production],
    ['https://app.hydra.test/pay', production],
    ['http://127.0.0.1:12111/c/pay/cs_test_1', local],
    ['http://localhost:12111/c/pay/cs_test_1', { ...local, hostname: '127.0.0.1' }],
  ])('%s is followed', (url, page) => {
    expect(stripeLocation(url, page)?.href).toBe(new URL(url).href);
  });

  test.each([
    ['http://checkout.stripe.com/c/pay', production],
    ['https://checkout.stripe.com:8443/c/pay', production],
    ['https://stripe.com.evil.test/', production],
    ['https://evilstripe.com/', production],
    ['https://checkout.stripe.com@evil.test/', production],
    ['https://user:secret@checkout.stripe.com/', production],
    ['http://app.hydra.test/', production],
    ['http://127.0.0.1:12111/c/pay/cs_test_1', production],
    ['http://localhost.evil.test/', local],
    ['http://192.168.0.1/', local],
    ['javascript:alert(document.domain)//.stripe.com', production],
    ['blob:https://app.hydra.test/1', production],
    ['/c/pay', production],
    ['', production],
  ])('%s is not', (url, page) => {
    expect(stripeLocation(url, page)).toBeNull();
  });
});

describe("a link of an answer", () => {
  test.each([
    ['/billing/upgrade?x=1', 'https://app.hydra.test/billing/upgrade?x=1'],
    ['https://app.hydra.test/a', 'https://app.hydra.test/a'],
    ['https://evil.test/', '/default'],
    ['//evil.test/', '/default'],
    ['javascript:alert(1)', '/default'],
    ['blob:https://app.hydra.test/1', '/default'],
    ['http://[', '/default'],
    [null, '/default'],
  ])('%s leads to %s', (link, expected) => {
    expect(ownLink(link, '/default', production)).toBe(expected);
  });
});
