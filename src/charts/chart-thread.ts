import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';
import { Error as ERRORS_ALONE, parse, View } from 'vega';
import type { Chart } from '../topics/chart.ts';
import { describeChart, FONT } from './describe-chart.ts';

/** A machine may have no fonts, and what it has would look different on each. */
const FONTS = ['400Regular/PTSans_400Regular.ttf', '700Bold/PTSans_700Bold.ttf'].map((file) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/pt-sans/${file}`)),
);

/** What the thread is asked: a PNG. */
export async function draw(chart: Chart): Promise<Uint8Array> {
  const view = new View(parse(describeChart(chart)), { renderer: 'none', logLevel: ERRORS_ALONE });
  const svg = await view.toSVG();
  view.finalize();
  const font = { fontFiles: FONTS, loadSystemFonts: false, defaultFontFamily: FONT };
  return new Resvg(svg, { font }).render().asPng();
}
