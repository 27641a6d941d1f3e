import { Agent, get } from 'node:http';
import { buffer } from 'node:stream/consumers';

/** A client that keeps its connection, as a dashboard does: what is measured is the answer, not the handshake. */
export class KeptConnection {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly url: string) {}

  /** The body of a 200; rejects for anything else. */
  get(path: string): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const request = get(this.url + path, { agent: this.agent }, (response) => {
        buffer(response).then(
          (body) => (response.statusCode === 200 ? resolve(body) : reject(new Error(body.toString()))),
          reject,
        );
      });
      request.once('error', reject);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
