import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readConfig } from '#http';

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  command?: string[] | string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[]; interval: string; timeout: string; retries: number };
  stop_grace_period?: string;
  depends_on?: Record<string, { condition: string }>;
  [key: string]: unknown;
}

interface Compose {
  name: string;
  services: Record<string, Service>;
  volumes: Record<string, null>;
}

const FOLDER = join(process.cwd(), 'docker');
const FILES = ['compose.yaml', 'compose.cluster.yaml'];
/** Of the compose specification, what these files use. */
const KEYS = new Set(
  'image build command entrypoint environment ports volumes healthcheck depends_on init restart user stop_grace_period'.split(
    ' ',
  ),
);
const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'];
const GIVEN = { API_KEYS: 'key=analyst', EVENTSTORE_PASSWORD: 'given' };

const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');

/** As the compose client reads it: anchors, merges, and variables in place. */
function read(file: string): Compose {
  const filled = textOf(file).replaceAll(
    /(?<!\$)\$\{(\w+)(:-|:\?)?([^}]*)\}/g,
    (_, name: string, kind, rest) => {
      const value = (GIVEN as Record<string, string>)[name];
      if (value !== undefined) return value;
      if (kind === ':-') return rest as string;
      throw new Error(`${file} asks for ${name}`);
    },
  );
  return parse(filled, { merge: true }) as Compose;
}

/** Services that end by themselves when their work is done. */
const isRunToEnd = (name: string) => ['certificates', 'replica-set'].includes(name);
const isOurs = ({ image }: Service) => image?.startsWith('percorso:') === true;

describe.each(FILES)('docker/%s', (file) => {
  const compose = read(file);
  const services = Object.entries(compose.services);

  it('uses only what the compose specification knows', () => {
    expect(
      Object.keys(compose)
        .filter((key) => !key.startsWith('x-'))
        .sort(),
    ).toEqual(['name', 'services', 'volumes']);
    for (const [name, service] of services) {
      const unknown = Object.keys(service).filter((key) => !KEYS.has(key));
      expect({ name, unknown }).toEqual({ name, unknown: [] });
    }
  });

  it('pins every image to a version', () => {
    for (const [, { image }] of services) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+\.\d+[a-z0-9-]*$/);
  });

  it('gives our programs settings that they start with, and a file that is built', () => {
    const ours = services.filter(([, service]) => isOurs(service));
    expect(ours.length).toBeGreaterThanOrEqual(3);
    for (const [, { environment = {}, command, build }] of ours) {
      const config = readConfig({ ...environment, HOST: '0.0.0.0' });
      expect(config).toMatchObject({ eventLogUrl: environment['EVENT_LOG_URL'], host: '0.0.0.0' });
      const [program] = command as string[];
      expect(existsSync(program!.replace(/^dist\//, '').replace(/\.js$/, '.ts'))).toBe(true);
      expect(existsSync(join(FOLDER, build!.context, build!.dockerfile))).toBe(true);
    }
  });

  it('names servers in the settings that are services of the file', () => {
    for (const [, { environment = {} }] of services.filter(([, service]) => isOurs(service))) {
      const urls = [environment['EVENT_LOG_URL']!, environment['READ_MODEL_URL']!];
      const hosts = urls.flatMap((url) => /\/\/(?:[^@/]*@)?([^/?]+)/.exec(url)![1]!.split(','));
      for (const host of hosts) expect(compose.services).toHaveProperty(host.split(':')[0]!);
    }
  });

  it('has a health check for every server, and starts what needs it after it', () => {
    for (const [, service] of services) {
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(CONDITIONS).toContain(condition);
        expect(compose.services).toHaveProperty(other);
        if (condition !== 'service_healthy') continue;
        expect(compose.services[other]!.healthcheck).toMatchObject({
          test: expect.arrayContaining([expect.stringMatching(/^CMD(-SHELL)?$/)]) as string[],
          interval: expect.stringMatching(/^\d+s$/) as string,
          retries: expect.any(Number) as number,
        });
      }
    }
  });

  it('keeps what must last in volumes that it declares', () => {
    const used = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0]!));
    expect([...new Set(used)].sort()).toEqual(Object.keys(compose.volumes).sort());
    for (const [, { image, volumes, command }] of services) {
      const isServer =
        /^(mongo|eventstore\/eventstore):/.test(image ?? '') && !String(command).includes('mongosh');
      if (isServer)
        expect(volumes?.some((volume) => /:(\/data\/db|\/var\/lib\/eventstore)$/.test(volume))).toBe(true);
    }
  });

  it('can be reached from this machine alone, each port once', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:3000$/);
    expect(new Set(ports).size).toBe(ports.length);
  });

  it('lets a program finish what it has accepted before it is killed', () => {
    // Of run.ts: 20 s until what still hangs is cut off; a container has 10 s unless more is said.
    for (const [name, { image, stop_grace_period }] of services) {
      if (isRunToEnd(name)) continue;
      expect({ image, stop_grace_period }).toEqual({ image, stop_grace_period: '30s' });
    }
  });

  it('tells nobody how the servers are used', () => {
    const nodes = services.filter(([, { image }]) => image?.startsWith('eventstore/eventstore:'));
    expect(nodes.length).toBeGreaterThan(0);
    for (const [, { environment }] of nodes)
      expect(environment).toMatchObject({ EVENTSTORE_TELEMETRY_OPTOUT: 'true' });
  });

  it('leaves no user of a node with the password that everybody knows', () => {
    for (const [, { environment = {} }] of services) {
      if (!('EVENTSTORE_CLUSTER_SIZE' in environment) || 'EVENTSTORE_INSECURE' in environment) continue;
      for (const user of ['ADMIN', 'OPS'])
        expect(environment[`EVENTSTORE_DEFAULT_${user}_PASSWORD`]).toBe(GIVEN.EVENTSTORE_PASSWORD);
    }
  });

  it('holds no password and no key', () => {
    const text = textOf(file);
    expect(text).not.toMatch(/changeit|PRIVATE KEY/i);
    for (const [, secret] of text.matchAll(/^\s*\w*(?:PASSWORD|API_KEYS):\s*(.*)$/gm))
      expect(secret).toMatch(/^\$\{\w+:\?/);
    for (const [, login] of text.matchAll(/\/\/([^@\s/]+)@/g))
      expect(login).toMatch(/^admin:\$\{EVENTSTORE_PASSWORD/);
  });

  it('is accepted by the compose client where there is one', () => {
    if (spawnSync('docker', ['compose', 'version']).status !== 0) {
      console.log(`skipped: there is no "docker compose" here to check ${file} with`);
      return;
    }
    const { status, stderr } = spawnSync(
      'docker',
      ['compose', '--file', join(FOLDER, file), 'config', '--quiet'],
      {
        env: { ...process.env, ...GIVEN },
        encoding: 'utf8',
      },
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
});

describe('the certificates of docker/compose.cluster.yaml', () => {
  const { services } = read('compose.cluster.yaml');
  const volumesOf = ({ volumes = [] }: Service) => volumes.map((volume) => volume.split(':')[0]!);
  const holdersOf = (volume: string) =>
    Object.entries(services)
      .filter(([, service]) => volumesOf(service).includes(volume))
      .map(([name]) => name);

  it("keep the authority's key with the one who signs, and the nodes' keys with the nodes", () => {
    expect(holdersOf('authority')).toEqual(['certificates']);
    expect(holdersOf('certificates')).toEqual([
      'certificates',
      'eventstoredb1',
      'eventstoredb2',
      'eventstoredb3',
    ]);
    for (const service of Object.values(services).filter(isOurs))
      expect(volumesOf(service)).toEqual(['trusted']);
  });

  it('give clients nothing but the certificate of the authority, at the place that the URL names', () => {
    const script = String(services['certificates']!.command?.at(-1));
    expect(script.split('\n').filter((line) => /\s\/trusted\//.test(line))).toEqual([
      'cp ca/ca.crt /trusted/ca.crt',
      'chmod 644 /trusted/ca.crt',
    ]);
    for (const { environment, volumes } of Object.values(services).filter(isOurs)) {
      expect(volumes).toEqual(['trusted:/trusted:ro']);
      expect(environment!['EVENT_LOG_URL']).toMatch(/tlsCAFile=\/trusted\/ca\.crt$/);
    }
  });
});

describe('the commands of the documentation', () => {
  const texts = ['README.md', 'docs/running.md', 'docs/moving.md'].map((path) => readFileSync(path, 'utf8'));
  const commands = texts.flatMap((text) =>
    [...text.replaceAll(/\\\n\s*/g, '').matchAll(/docker compose run (.*)/g)].map(([, rest]) => rest!),
  );

  it('run programs that are built in services that are there', () => {
    expect(commands.length).toBeGreaterThanOrEqual(2);
    const { services } = read('compose.yaml');
    for (const command of commands) {
      const [, service, program] = /(\S+) dist\/(\S+)\.js /.exec(command)!;
      expect(isOurs(services[service!]!)).toBe(true);
      expect(existsSync(`${program}.ts`)).toBe(true);
      for (const [, host] of command.matchAll(/esdb:\/\/([^:]+):/g)) expect(services).toHaveProperty(host!);
    }
  });
});

describe('docker/Dockerfile', () => {
  const lines = textOf('Dockerfile').split('\n');
  const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));

  it('builds in one stage, and runs in another as somebody who is not root', () => {
    const images = lines.filter((line) => line.startsWith('FROM '));
    expect(images).toHaveLength(2);
    for (const image of images) expect(image).toMatch(/^FROM node:\d+\.\d+\.\d+-\w+/);
    expect(at(/^USER node$/)).toBeGreaterThan(at(/^FROM .*slim$/));
    expect(at(/^HEALTHCHECK/)).toBeGreaterThan(at(/^USER/));
    expect(lines.join('\n')).toMatch(/\/health\/live/);
  });

  it('takes along every file that the programs read beside their code', () => {
    for (const folder of ['libs/catalogue/data', 'libs/history/data']) {
      expect(existsSync(folder)).toBe(true);
      expect(lines).toContain(`COPY --from=build /app/${folder} ./${folder}`);
    }
  });
});

describe('.github/workflows/ci.yml', () => {
  it('runs the suite on every Node that is supported, with the servers of the compose files', () => {
    const workflow = parse(readFileSync('.github/workflows/ci.yml', 'utf8')) as {
      jobs: {
        suite: {
          strategy: { matrix: { node: string[] } };
          services: Record<string, Service>;
          steps: { run?: string; env?: Record<string, string> }[];
        };
      };
    };
    const { strategy, services, steps } = workflow.jobs.suite;
    expect(strategy.matrix.node).toEqual(['20', '22', '24']);
    const images = (of: Record<string, Service>) =>
      ['eventstoredb', 'mongodb'].map((name) => of[name]!.image);
    expect(images(services)).toEqual(images(read('compose.yaml').services));
    const last = steps.find(({ run }) => run?.includes('test:servers'));
    expect(() => readConfig(last!.env!)).not.toThrow();
  });
});
