import { parseArgs } from 'node:util';
import { type Demo, startDemo } from './start-demo.ts';

const PORT = 8080;
const startedAt = performance.now();
const { values } = parseArgs({ options: { once: { type: 'boolean' }, port: { type: 'string' } } });

if (values.once === true) {
  const { papers, messages, source, stop } = await startDemo();
  await stop();
  const seconds = Math.round(performance.now() - startedAt) / 1_000;
  console.log(JSON.stringify({ papers, messages, source, seconds }));
  process.exitCode = papers > 0 ? 0 : 1;
} else {
  const demo = await startAt(Number(values.port ?? PORT));
  const from = demo.source === 'sample' ? 'the sample day (Hugging Face cannot be reached)' : 'Hugging Face';
  console.log(`${demo.papers} papers from ${from} arrived in #papers.`);
  console.log(`See them, and type commands, at ${demo.url} (Ctrl+C ends the demo)`);
  const end = () => {
    void demo.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

async function startAt(port: number): Promise<Demo> {
  const another = `npm run demo -- --port ${PORT + 1}`;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) leave(`--port takes a number, as in: ${another}`);
  try {
    return await startDemo({ port });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    return leave(`Port ${port} is in use. Stop what runs there, or choose another port: ${another}`);
  }
}

function leave(reason: string): never {
  console.error(reason);
  process.exit(1);
}
