type Random = () => number;

const WIDTH = 640;
const HEIGHT = 360;
const PAPER = '#fdfcf9';
const INK = '#3a3d4a';
const GRID = '#e6e3dc';
const PALETTE = ['#4c6ef5', '#f08c3a', '#2f9e77', '#d6467e', '#8a63d2'];

/** The figures of the sample papers, by what they show. All keep to the middle, as a thumbnail is square. */
const FIGURES = {
  curves: drawCurves,
  bars: drawBars,
  matrix: drawMatrix,
  clusters: drawClusters,
  steps: drawSteps,
  frames: drawFrames,
};

type FigureKind = keyof typeof FIGURES;

/** A figure as it could stand in a paper, as SVG; the same for the same kind and arXiv id. */
export function drawFigure(kind: string, id: string): string | undefined {
  if (!isKind(kind)) return undefined;
  const body = FIGURES[kind](createRandom(id));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="${PAPER}"/>${body}</svg>`
  );
}

function isKind(kind: string): kind is FigureKind {
  return Object.hasOwn(FIGURES, kind);
}

/** A linear congruential generator, begun with the digits of an arXiv id: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function createRandom(id: string): Random {
  let state = Number(id.replaceAll('.', '')) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const colour = (index: number) => PALETTE[index % PALETTE.length] ?? INK;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

function drawAxes(): string {
  const lines = range(5).map((row) => {
    const y = 70 + row * 50;
    return `<path d="M165 ${y}H480" stroke="${GRID}" stroke-width="2"/>`;
  });
  return `${lines.join('')}<path d="M165 50V300H485" fill="none" stroke="${INK}" stroke-width="4"/>`;
}

/** Losses that fall. */
function drawCurves(random: Random): string {
  const curves = range(3).map((index) => {
    const floor = 240 - index * 55 - random() * 20;
    const speed = 2.5 + random() * 2;
    const points = range(20).map((step) => {
      const fall = 1 - Math.exp((-speed * step) / 19);
      const noise = (random() - 0.5) * 10;
      return `${170 + step * 16},${(70 + fall * (floor - 50) + noise).toFixed(0)}`;
    });
    return `<polyline points="${points.join(' ')}" fill="none" stroke="${colour(index)}" stroke-width="7" stroke-linejoin="round"/>`;
  });
  return drawAxes() + curves.join('');
}

function drawBars(random: Random): string {
  const bars = range(4).flatMap((group) =>
    range(3).map((index) => {
      const height = 60 + random() * 70 + index * 38;
      return `<rect x="${180 + group * 75 + index * 20}" y="${298 - height}" width="17" height="${height}" rx="3" fill="${colour(index)}"/>`;
    }),
  );
  return drawAxes() + bars.join('');
}

/** An attention map: strong along the diagonal. */
function drawMatrix(random: Random): string {
  const cells = range(81).map((cell) => {
    const [row, column] = [Math.floor(cell / 9), cell % 9];
    const near = Math.exp(-Math.abs(row - column) / 1.6);
    const opacity = Math.min(1, column > row ? 0.05 : near * 0.8 + random() * 0.25);
    return `<rect x="${188 + column * 30}" y="${46 + row * 30}" width="27" height="27" rx="3" fill="${colour(0)}" opacity="${opacity.toFixed(2)}"/>`;
  });
  return cells.join('');
}

function drawClusters(random: Random): string {
  const spread = () => (random() + random() + random() - 1.5) * 52;
  const dots = [
    [235, 120],
    [385, 115],
    [275, 250],
    [410, 245],
  ].flatMap(([x = 0, y = 0], index) =>
    range(26).map(
      () =>
        `<circle cx="${(x + spread()).toFixed(0)}" cy="${(y + spread()).toFixed(0)}" r="7" fill="${colour(index)}" opacity="0.75"/>`,
    ),
  );
  return dots.join('');
}

/** Boxes with arrows: what goes in, what happens, what comes out. */
function drawSteps(random: Random): string {
  const box = (x: number, y: number, index: number) =>
    `<rect x="${x}" y="${y}" width="104" height="64" rx="12" fill="${colour(index)}" opacity="0.9"/>` +
    `<path d="M${x + 18} ${y + 24}h${40 + random() * 26}M${x + 18} ${y + 40}h${26 + random() * 40}" stroke="#fff" stroke-width="6" stroke-linecap="round"/>`;
  const arrow = (path: string) =>
    `<path d="${path}" fill="none" stroke="${INK}" stroke-width="4" marker-end="url(#tip)"/>`;
  const first = Math.floor(random() * PALETTE.length);
  return (
    `<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="5" markerHeight="5" orient="auto"><path d="M0 0L10 5L0 10z" fill="${INK}"/></marker></defs>` +
    box(160, 70, first) +
    box(160, 220, first + 1) +
    box(376, 145, first + 2) +
    arrow('M268 102C330 102 320 165 368 170') +
    arrow('M268 252C330 252 320 190 368 184') +
    arrow('M428 214C428 300 300 320 276 262')
  );
}

/** Six frames of a video: a sun that goes down behind hills. */
function drawFrames(random: Random): string {
  const height = 30 + random() * 20;
  const frames = range(6).map((index) => {
    const [x, y] = [164 + (index % 3) * 108, 66 + Math.floor(index / 3) * 120];
    const sun = y + 22 + index * 11;
    const sky = 82 - index * 7;
    return (
      `<g><rect x="${x}" y="${y}" width="100" height="108" rx="8" fill="hsl(${210 + index * 16} 70% ${sky}%)"/>` +
      `<circle cx="${x + 24 + index * 9}" cy="${sun}" r="13" fill="#ffd166"/>` +
      `<path d="M${x} ${y + 100}V${y + 108 - height}q26 -34 52 0t48 -6V${y + 100}q0 8 -8 8H${x + 8}q-8 0 -8 -8z" fill="hsl(${150 - index * 6} 35% ${38 - index * 3}%)"/></g>`
    );
  });
  return frames.join('');
}
