import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { createHttpApp } from './app.js';
import { HttpModule } from './http.module.js';
import { Roles } from './roles.js';
import { type StatusReport, SystemStatus } from './system-status.js';

class Well extends SystemStatus {
  async read(): Promise<StatusReport> {
    return { position: 0, projections: [] };
  }
}

@Controller('v1/journeys')
@Roles('casework')
class PeopleController {
  @Get(':id')
  one() {
    return {};
  }
}

@Module({ imports: [HttpModule.forRoot(new Well())], controllers: [PeopleController] })
class PeopleModule {}

describe('the access log of single people', () => {
  const lines: Record<string, unknown>[] = [];
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const destination = new Writable({
      write(line: Buffer, _encoding, done) {
        lines.push(JSON.parse(line.toString()) as Record<string, unknown>);
        done();
      },
    });
    app = await createHttpApp(PeopleModule, {
      config: {
        apiKeys: [
          { key: 'case', roles: ['casework'] },
          { key: 'figures', roles: ['analyst'] },
        ],
      },
      logger: pino({ level: 'fatal' }, destination),
      title: 'Test',
    });
  });

  afterAll(() => app.close());

  beforeEach(() => lines.splice(0));

  async function askedWith(authorization?: string) {
    await app.inject({ url: '/v1/journeys/J-7', headers: authorization ? { authorization } : {} });
    expect(JSON.stringify(lines)).not.toMatch(/J-7|figures|"case"/);
    return lines;
  }

  it('names whoever looked, whatever the level of the log', async () => {
    expect(await askedWith('Bearer case')).toMatchObject([
      { log: 'access', status: 200, caller: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
    ]);
  });

  it('names whoever tried with a known key that does not allow it', async () => {
    expect(await askedWith('Bearer figures')).toMatchObject([
      { log: 'access', status: 403, caller: expect.stringMatching(/^[0-9a-f]{8}$/) as string },
    ]);
  });

  it('tells of tries without a known key', async () => {
    expect(await askedWith()).toMatchObject([{ log: 'access', status: 401, caller: 'unknown' }]);
    lines.splice(0);
    expect(await askedWith('Bearer guessed')).toMatchObject([{ status: 401, caller: 'unknown' }]);
  });
});
