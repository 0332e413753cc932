// The floor: the time that Node and SQLite need for the same responses, without checks, history and events.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';

const db = new DatabaseSync(process.argv[2] as string);
// The same cache size as in Curlew.
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768');

const insertTicket = db.prepare('INSERT INTO tickets (id, answer) VALUES (?, ?)');
const insertMessage = db.prepare('INSERT INTO messages (ticket_id, answer) VALUES (?, ?)');
const byId = db.prepare('SELECT answer FROM tickets WHERE id = ?');
const lists = new Map([
  ['/v1/tickets', db.prepare('SELECT answer FROM tickets ORDER BY row DESC LIMIT 25')],
  ['/v1/tickets?status=OPEN', list("status = 'OPEN' ORDER BY row DESC")],
  ['/v1/tickets?status=OPEN&priority=HIGH', list("status = 'OPEN' AND priority = 'HIGH' ORDER BY row DESC")],
  ['/v1/tickets?sort=-updatedAt&status=OPEN', list("status = 'OPEN' ORDER BY updated_at DESC")],
]);

const server = createServer((request, response) => {
  const url = request.url as string;
  const [, , , ticketId = '', below] = url.split('/');
  if (request.method === 'POST' && below === 'messages') {
    whole(request, (body) => {
      const answer = JSON.stringify({ id: randomUUID(), ticketId, ...JSON.parse(body) });
      insertMessage.run(ticketId, answer);
      send(response, 201, answer);
    });
  } else if (request.method === 'POST') {
    whole(request, (body) => {
      const id = randomUUID();
      const answer = JSON.stringify({ id, ...JSON.parse(body) });
      insertTicket.run(id, answer);
      send(response, 201, answer);
    });
  } else if (ticketId === '') {
    const rows = lists.get(url)?.all() ?? [];
    send(response, 200, `[${rows.map(({ answer }) => answer).join()}]`);
  } else {
    send(response, 200, byId.get(ticketId)?.answer as string);
  }
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));

function list(condition: string) {
  return db.prepare(`SELECT answer FROM listed WHERE ${condition} LIMIT 25`);
}

function whole(request: IncomingMessage, then: (body: string) => void): void {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => then(body));
}

function send(response: ServerResponse, status: number, answer: string): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(answer) });
  response.end(answer);
}
