import { parseArgs } from 'node:util';
import { startDemo } from './start-demo.ts';

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
  const demo = await startDemo({ port: Number(values.port ?? PORT) });
  const from = demo.source === 'sample' ? 'the sample day (Hugging Face cannot be reached)' : 'Hugging Face';
  console.log(`${demo.papers} papers from ${from} arrived in #papers.`);
  console.log(`See them, and type commands, at ${demo.url} (Ctrl+C ends the demo)`);
  const end = () => {
    void demo.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
