import { BuiltInTopics } from './built-in-topics/schema.ts';
import { inviteLink } from './invite-link.ts';
import { type Config, Environment } from './schema.ts';
import topicsFile from './topics.json' with { type: 'json' };

export interface SettingProblem {
  readonly variable: string;
  /** What to put there. */
  readonly expected: string;
}

/** The settings cannot be used; the message lists every problem, with what to put there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly SettingProblem[];

  constructor(problems: readonly SettingProblem[]) {
    const lines = problems.map(({ variable, expected }) => `  ${variable}: ${expected}`);
    super(`These settings need attention (in the environment, or in .env):\n${lines.join('\n')}`);
    this.problems = problems;
  }
}

const NO_TOKEN: SettingProblem = {
  variable: 'DISCORD_TOKEN',
  expected: `the token of your bot. To get one:
    1. Create an application at https://discord.com/developers/applications, and under Bot copy its token.
    2. Invite it, with your application's id in place of the dots:
       ${inviteLink('…')}
    3. cp .env.example .env, put the token there as DISCORD_TOKEN=…, and npm start.
    To see the bot without a token: npm run demo`,
};

/** Reads the settings from variables. Raises `ConfigError`, with all problems at once. */
export function loadConfig(
  env: Readonly<Record<string, string | undefined>>,
  needs: { readonly discord: boolean },
): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, text]) => (text ?? '').trim() !== ''));
  const result = Environment.safeParse(given);
  const missing = needs.discord && given['DISCORD_TOKEN'] === undefined ? [NO_TOKEN] : [];
  const topics = BuiltInTopics.safeParse(topicsFile);
  const wrong = [
    ...problemsOf(result.error),
    ...problemsOf(topics.error).map(({ variable, expected }) => ({
      variable: `config/topics.json ${variable}`.trim(),
      expected,
    })),
  ];
  if (!result.success || !topics.success || missing.length > 0) throw new ConfigError([...missing, ...wrong]);
  return { ...result.data, topics: topics.data };
}

interface Refusal {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

function problemsOf(error: Refusal | undefined): readonly SettingProblem[] {
  return (error?.issues ?? []).map(({ path, message }) => ({ variable: path.join('.'), expected: message }));
}
