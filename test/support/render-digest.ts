import type { Json, PlannedStep } from '../../src/delivery/delivery.ts';
import type { Digest } from '../../src/digest/choose.ts';
import { layOutDigest } from '../../src/discord/digests/lay-out-digest.ts';
import { renderStep } from '../../src/discord/digests/render-step.ts';
import type { PaperArchive } from '../../src/papers/paper-archive.ts';

/** A step with what is sent of it, and with what is sent where Discord refuses that. */
export interface RenderedForms extends PlannedStep {
  readonly payload: Json;
  readonly plain: Json;
}

/** A digest as it is sent where its papers have not changed since it was planned. */
export function renderDigest(digest: Digest): readonly RenderedForms[] {
  const papers = new Map(digest.entries.map(({ paper }) => [paper.id, paper]));
  return layOutDigest(digest).map((step) => renderForms(step, (id) => papers.get(id)));
}

export function renderForms(step: PlannedStep, find: PaperArchive['paper']): RenderedForms {
  const message = (form: PlannedStep['form']) => renderStep({ ...step, form }, find)?.payload ?? null;
  return { ...step, payload: message('rich'), plain: message('plain') };
}
