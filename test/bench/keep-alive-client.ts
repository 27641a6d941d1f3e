import { connect, type Socket } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

export interface Answer {
  readonly status: number;
}

/**
 * One kept-alive connection that sends a request at a time. It knows just the HTTP that both servers of the bench speak
 * (answers with a content length), so that the load takes little of the processors that it shares with them.
 */
export class KeepAliveClient {
  private received = '';
  private waiting:
    { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void } | undefined;
  private readonly head: string;

  private constructor(
    private readonly socket: Socket,
    url: URL,
  ) {
    this.head =
      `POST ${url.pathname} HTTP/1.1\r\nHost: ${url.host}\r\nConnection: keep-alive\r\n` +
      'Content-Type: application/cloudevents+json\r\nContent-Length: ';
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('data', (text: string) => this.take(text));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server has closed the connection')));
  }

  static open(url: URL): Promise<KeepAliveClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname, () => {
        socket.off('error', reject);
        resolve(new KeepAliveClient(socket, url));
      });
      socket.once('error', reject);
    });
  }

  /** @param body ASCII only */
  post(body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(`${this.head}${body.length}${END_OF_HEAD}${body}`, 'latin1');
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(text: string): void {
    this.received += text;
    const end = this.received.indexOf(END_OF_HEAD);
    if (end < 0) return;
    const length = /\r\ncontent-length: (\d+)/i.exec(this.received)?.[1];
    if (length === undefined) return this.fail(new Error(`an answer without length: ${this.received}`));
    if (this.received.length < end + END_OF_HEAD.length + Number(length)) return;
    const status = Number(this.received.slice(9, 12));
    this.received = '';
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve({ status });
  }

  private fail(error: Error): void {
    this.waiting?.reject(error);
    this.waiting = undefined;
    this.socket.destroy();
  }
}
