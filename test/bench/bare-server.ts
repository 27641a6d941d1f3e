/** The limit for single POSTs: a Fastify server that parses the same body, answers, and does nothing else. */
import fastify from 'fastify';

const app = fastify();
let taken = 0;
app.addContentTypeParser('application/cloudevents+json', { parseAs: 'string' }, (_request, body, done) => {
  done(null, JSON.parse(body as string));
});
app.get('/health/ready', () => ({ status: 'ok' }));
app.post('/v1/events', (request) => {
  taken += 1;
  const { id } = request.body as { id: string };
  return { accepted: 1, duplicates: 0, position: String(taken), results: [{ id, status: 'accepted' }] };
});
await app.listen({ host: '127.0.0.1', port: Number(process.env['PORT']) });
