import type { APILabelComponent } from 'discord.js';
import { presentZoneName } from '../../src/calendar/zone-names.ts';
import type { Weekday } from '../../src/calendar/zoned-time.ts';
import type { Form, FormFields, FormOpener } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { CARDS_RANGE, changeSchedule, type ScheduleChange } from '../../src/subscriptions/change-schedule.ts';
import type { Destination, Place } from '../../src/subscriptions/destination.ts';
import { parseTime } from '../../src/subscriptions/parse-schedule.ts';
import type { CommandContext } from '../context.ts';
import { requireControlled } from '../parts/access.ts';
import { requireOwnRights } from '../parts/choose-place.ts';
import { buildSelectField, buildTextField, readField } from '../parts/form-parts.ts';
import { renewAnswer } from '../subscribe/subscribe-answer.ts';
import { type AskedChange, readZoneChange, STYLES } from './read-schedule-change.ts';

const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const AMOUNTS = [3, 5, 8, 12, 20, CARDS_RANGE.to];
const TIME_LENGTH = 20;
const ZONE_LENGTH = 60;

/** Its values are those of the button, and one that no other form has. */
export const openScheduleForm: FormOpener<CommandContext> = {
  name: 'schedule-form',
  answer: 'form',
  async execute(request, context) {
    const { interaction, texts, values } = request;
    const destination = await requireControlled(request, context);
    const [, ...rest] = values;
    return {
      // Phones show what the first form of an id held: https://github.com/discord/discord-api-docs/issues/7554
      custom_id: encodeCustomId('schedule-form', destination.id, ...rest, interaction.id),
      title: texts.schedule.form.title(destination.place),
      components: buildFields(destination, texts),
    };
  },
};

function buildFields(
  { place, schedule, style, max, overflow }: Destination,
  texts: Texts,
): APILabelComponent[] {
  const { form, dayNames, clock } = texts.schedule;
  const time = schedule.at === 'instantly' ? schedule.at : clock(schedule.at);
  const days = WEEKDAYS.map((day) => ({
    label: dayNames[day],
    value: String(day),
    default: schedule.days.includes(day),
  }));
  const styles = stylesOf(place).map((one) => ({
    label: texts.commands.schedule.styles[one],
    value: one,
    default: one === style,
  }));
  const amounts = (['list', 'hide'] as const).flatMap((rest) =>
    [...new Set([...AMOUNTS, max])]
      .toSorted((a, b) => a - b)
      .map((amount) => ({
        label: form.amountOf(amount, rest),
        value: `${amount} ${rest}`,
        default: amount === max && rest === overflow,
      })),
  );
  return [
    buildTextField(
      { id: 'time', label: form.time, hint: form.timeHint },
      { value: time, length: TIME_LENGTH },
    ),
    buildTextField(
      { id: 'zone', label: form.zone, hint: form.zoneHint },
      { value: presentZoneName(schedule.zone), length: ZONE_LENGTH },
    ),
    buildSelectField({ id: 'days', label: form.days }, days, { several: true }),
    ...(styles.length === 0 ? [] : [buildSelectField({ id: 'style', label: form.style }, styles)]),
    buildSelectField({ id: 'amount', label: form.amount }, amounts),
  ];
}

/** A forum has posts, whatever the style. */
function stylesOf(place: Place): typeof STYLES {
  if (place.kind === 'channel' && place.channelKind === 'forum') return [];
  const hasThreads = place.kind === 'channel' && place.channelKind !== 'thread';
  return hasThreads ? STYLES : STYLES.filter((style) => style !== 'threads');
}

export const scheduleForm: Form<CommandContext> = {
  name: 'schedule-form',
  answer: 'update',
  async execute(request, context) {
    const { here, fields, values } = request;
    const present = await requireControlled(request, context);
    const { change, unclear } = readFields(fields, present.place);
    if (present.place.kind === 'channel' && here?.id === present.place.channelId) {
      requireOwnRights(here, change.style ?? present.style);
    }
    const now = context.clock.now();
    const changed = await context.destinations.change(present.id, (held) => ({
      destination: held && changeSchedule(held, change, now),
    }));
    if (changed === undefined) throw new UserError('control-outdated', {});
    const [, subscriptionId] = values;
    return renewAnswer(request, { changed, subscriptionId, unclear, from: values.slice(2, -1) }, context);
  },
};

/** Raises what cannot be read. */
function readFields(fields: FormFields, place: Place): AskedChange {
  const { unclear, ...zone } = readZoneChange(readField(fields, 'zone'));
  const chosenDays = fields.get('days') ?? [];
  const days = WEEKDAYS.filter((day) => chosenDays.includes(String(day)));
  const [amount, overflow] = readField(fields, 'amount').split(' ');
  const style = stylesOf(place).find((one) => one === fields.get('style')?.[0]);
  if (days.length === 0) throw new UserError('control-outdated', {});
  const change: ScheduleChange = {
    ...zone,
    at: parseTime(readField(fields, 'time')),
    days,
    max: Number(amount),
    overflow: overflow === 'hide' ? 'hide' : 'list',
    ...(style === undefined ? {} : { style }),
  };
  return { change, ...(unclear === undefined ? {} : { unclear }) };
}
