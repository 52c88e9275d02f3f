import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import type { Control, Shown } from '../audit/shown.ts';

type Component = APIMessageTopLevelComponent;

/** Of a menu or button below papers, or of the button of the message that mentions a role. */
const OWN_ID = /^card:v1:([a-z0-9]+):(\d+):([\d.]+|menu)$/;
const PAPER_LINK = /\]\(https:\/\/huggingface\.co\/papers\/([^)\s]*)\)/u;

/** The buttons and menus of a message, from the top down, and of which delivery and step their ids say that it is. */
export function readControls(
  components: readonly Component[],
): Pick<Shown, 'deliveryId' | 'step' | 'controls'> {
  const ids: string[] = [];
  const controls = components.flatMap((part) => readPart(part, ids));
  const [, deliveryId = '', step = '0'] = ids.map((id) => OWN_ID.exec(id)).find((found) => found) ?? [];
  return { deliveryId, step: Number(step), controls };
}

function readPart(part: Component, ids: string[]): readonly Control[] {
  if (part.type === ComponentType.Container) return part.components.flatMap((one) => readPart(one, ids));
  if (part.type === ComponentType.Section) {
    const text = part.components.map(({ content }) => content).join('\n');
    const beside = PAPER_LINK.exec(text)?.[1];
    return part.accessory.type === ComponentType.Button ? readControl(part.accessory, beside, ids) : [];
  }
  if (part.type !== ComponentType.ActionRow) return [];
  return part.components.flatMap((one) => readControl(one, undefined, ids));
}

type Row = Extract<Component, { type: ComponentType.ActionRow }>['components'][number];

function readControl(control: Row, beside: string | undefined, ids: string[]): readonly Control[] {
  if ('url' in control) {
    return [{ name: 'link', label: control.label ?? '', target: control.url, beside }];
  }
  if (!('custom_id' in control)) return [];
  ids.push(control.custom_id);
  const [name = '', , ...values] = control.custom_id.split(':');
  if (control.type === ComponentType.StringSelect) {
    return control.options.map(({ label, value, description = '' }) => ({
      name: `${name}-menu`,
      label: description === '' ? label : `${label}\n${description}`,
      target: value,
      beside,
    }));
  }
  const label = 'label' in control ? (control.label ?? '') : '';
  return [{ name, label, target: values.at(-1) ?? '', beside }];
}
