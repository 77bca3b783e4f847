// An app that is not on .NET: it sells renders, and hears when a plan changes. Node 20, no packages.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const { TOLLGATE_URL, TOLLGATE_KEY, WEBHOOK_SECRET, PORT = "3000" } = process.env;

// every call of Tollgate's API: the account is in the path, the answer or the problem in the body
async function tollgate(account, what, body, method = "POST") {
  const answer = await fetch(`${TOLLGATE_URL}/v1/accounts/${encodeURIComponent(account)}${what}`, {
    method,
    headers: { authorization: `Bearer ${TOLLGATE_KEY}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: answer.status === 204 ? null : await answer.json() };
}

async function render(account) {
  const held = await tollgate(account, "/reserve", { meter: "render" });
  if (held.status !== 200) return held; // 402 says what is used up and where to buy more
  await tollgate(account, "/commit", { meter: "render", key: held.body.key }); // or /release, when it failed
  return { status: 200, body: { picture: "..." } };
}

async function buy(account) {
  await tollgate(account, "", { name: account, billing_email: `${account}@example.com` }, "PUT");
  return tollgate(account, "/checkout", { price_id: "pro_monthly" });
}

function hear(headers, body) {
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const key = Buffer.from(WEBHOOK_SECRET.slice("whsec_".length), "base64");
  const expected = Buffer.from(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);
  const isOurs = headers["webhook-signature"].split(" ").map(Buffer.from)
    .some((one) => one.length === expected.length && timingSafeEqual(one, expected));
  const isFresh = Math.abs(Date.now() / 1000 - headers["webhook-timestamp"]) < 300;
  if (isOurs && isFresh) console.log(JSON.parse(body).type, JSON.parse(body).data);
  return { status: isOurs && isFresh ? 204 : 400 };
}

createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  const [, what, account] = request.url.split("/"); // a real app knows whose it is by its own sign-in
  const route = { render: () => render(account), buy: () => buy(account), webhooks: () => hear(request.headers, body) };
  const answer = await (route[what] ?? (() => ({ status: 404 })))();
  response.writeHead(answer.status, { "content-type": "application/json" }).end(answer.body && JSON.stringify(answer.body));
}).listen(PORT, () => console.log(`http://localhost:${PORT}`));
