import { ButtonStyle, ComponentType, SeparatorSpacingSize } from 'discord.js';

/** Hugging Face's yellow. */
export const COLOUR = 0xffd21e;

/** Parts of Components V2, as JSON: https://docs.discord.com/developers/components/reference */
export type Text = { type: ComponentType.TextDisplay; content: string };
export type Thumbnail = { type: ComponentType.Thumbnail; media: { url: string } };
export type Gallery = { type: ComponentType.MediaGallery; items: { media: { url: string } }[] };
export type Separator = { type: ComponentType.Separator; divider: boolean; spacing: SeparatorSpacingSize };
export type LinkButton = { type: ComponentType.Button; style: ButtonStyle.Link; label: string; url: string };
export type PressButton = {
  type: ComponentType.Button;
  style: ButtonStyle.Secondary;
  label: string;
  custom_id: string;
};
export type Section = {
  type: ComponentType.Section;
  components: Text[];
  accessory: Thumbnail | PressButton;
};
export type MenuOption = { label: string; value: string; description?: string };
export type Menu = {
  type: ComponentType.StringSelect;
  custom_id: string;
  placeholder: string;
  options: MenuOption[];
};
export type Row = { type: ComponentType.ActionRow; components: (LinkButton | PressButton)[] | [Menu] };
export type BoxPart = Text | Section | Gallery | Separator | Row;
export type Box = { type: ComponentType.Container; accent_color: number; components: BoxPart[] };

export function buildText(content: string): Text {
  return { type: ComponentType.TextDisplay, content };
}

/** Text with a picture or a button beside it. */
export function buildSection(content: string, accessory: Section['accessory']): Section {
  return { type: ComponentType.Section, components: [buildText(content)], accessory };
}

export function buildThumbnail(url: string): Thumbnail {
  return { type: ComponentType.Thumbnail, media: { url } };
}

export function buildGallery(url: string): Gallery {
  return { type: ComponentType.MediaGallery, items: [{ media: { url } }] };
}

export function buildSeparator(): Separator {
  return { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small };
}

export function buildBox(components: BoxPart[]): Box {
  return { type: ComponentType.Container, accent_color: COLOUR, components };
}

export function buildLinkButton(label: string, url: string): LinkButton {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url };
}

export function buildPressButton(label: string, customId: string): PressButton {
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id: customId };
}

export function buildButtons(buttons: readonly (LinkButton | PressButton)[]): Row {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}

export function buildMenuRow(menu: Omit<Menu, 'type'>): Row {
  return { type: ComponentType.ActionRow, components: [{ type: ComponentType.StringSelect, ...menu }] };
}
