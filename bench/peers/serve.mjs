// What all peers share: plain node:http on the port that the bench names.
import { createServer } from 'node:http';

const bodyOf = async request => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
};

/** Answers GET with 200, which says that it is ready, and POST with what `answer` returns or sets. */
export const serve = answer =>
  createServer({ keepAliveTimeout: 60_000 }, async (request, response) => {
    try {
      const body = request.method === 'POST' ? await answer(request, await bodyOf(request)) : '';
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
      response.end(body);
    } catch (failure) {
      console.error(failure);
      const text = String(failure);
      response.writeHead(500, { 'Content-Type': 'text/plain', 'Content-Length': Buffer.byteLength(text) });
      response.end(text);
    }
  }).listen(Number(process.env.PORT), '127.0.0.1');
