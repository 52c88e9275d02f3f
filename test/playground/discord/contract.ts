import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isRecord, type LoggedRequest } from '../../../playground/discord/state.ts';

/** Discord's own description: https://github.com/discord/discord-api-spec */
export const SPECIFICATION = new URL('../../../../shared/data/discord/openapi.json', import.meta.url);

type Check = (request: Pick<LoggedRequest, 'method' | 'path' | 'body'>) => readonly string[];

function part(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? found : {};
}

/** Templates with the fewest variables first, so that `@original` is not taken for an id. */
function pathPatterns(specification: unknown): { template: string; pattern: RegExp }[] {
  return Object.keys(part(specification, 'paths'))
    .toSorted((one, other) => one.split('{').length - other.split('{').length)
    .map((template) => ({
      template,
      pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
    }));
}

function createAjv(specification: Readonly<Record<string, unknown>>): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, allErrors: false, logger: false });
  formats.default(ajv);
  ajv.addFormat('snowflake', /^(0|[1-9][0-9]*)$/);
  ajv.addFormat('nonce', true);
  ajv.addSchema(specification, 'discord');
  return ajv;
}

/** Bitfields are strings on the wire and integers in the specification. */
function convertPermissions(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(convertPermissions);
  if (!isRecord(body)) return body;
  const bits = body['default_member_permissions'];
  return typeof bits === 'string' ? { ...body, default_member_permissions: Number(bits) } : body;
}

function createCheck(specification: Readonly<Record<string, unknown>>): Check {
  const ajv = createAjv(specification);
  const patterns = pathPatterns(specification);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (template: string, method: string) => {
    const pointer = `/paths/${template.replaceAll('/', '~1')}/${method}/requestBody/content/application~1json/schema`;
    const known = compiled.get(pointer) ?? ajv.compile({ $ref: `discord#${encodeURI(pointer)}` });
    compiled.set(pointer, known);
    return known;
  };
  return ({ method, path, body }) => {
    const template = patterns.find(({ pattern }) => pattern.test(path))?.template;
    const verb = method.toLowerCase();
    const operation = part(part(part(specification, 'paths'), template ?? ''), verb);
    if (template === undefined || Object.keys(operation).length === 0)
      return [`${method} ${path}: Discord has no such route`];
    if (body === undefined) return [];
    if (Object.keys(part(operation, 'requestBody')).length === 0) return [`${method} ${path}: takes no body`];
    const validate = validatorOf(template, verb);
    if (validate(convertPermissions(body))) return [];
    return (validate.errors ?? []).map((one) => `${method} ${path}${one.instancePath}: ${one.message ?? ''}`);
  };
}

let check: Check | undefined;

/** What is wrong with the requests by Discord's own description; nothing when that is not at hand. */
export function checkContract(requests: readonly LoggedRequest[]): readonly string[] {
  if (!existsSync(SPECIFICATION)) return [];
  if (check === undefined) {
    const specification: unknown = JSON.parse(readFileSync(SPECIFICATION, 'utf8'));
    check = createCheck(isRecord(specification) ? specification : {});
  }
  return requests.flatMap(check);
}
