import type { DiscordClient } from '../discord/gateway/start-discord-client.ts';
import { keepTrying, type Patience, reasonOf } from '../discord/rest/keep-trying.ts';

type Registrant = Pick<DiscordClient, 'registerCommands'>;

export interface CommandRegistration {
  /** Resolves when the first try is over; where that failed, it goes on by itself. Never rejects. */
  register(client: Registrant): Promise<void>;
  /** `reason`: why the last try failed; absent before the first one. */
  status(): { readonly areRegistered: boolean; readonly reason?: string };
}

/** Digests need no commands: nothing waits until Discord has taken them. */
export function createCommandRegistration(patience: Patience): CommandRegistration {
  const { log, signal } = patience;
  let status: ReturnType<CommandRegistration['status']> = { areRegistered: false };
  const fail = (reason: string) => void (status = { areRegistered: false, reason });

  async function keepRegistering(client: Registrant, onRetry: () => void): Promise<void> {
    try {
      await keepTrying(() => client.registerCommands(), {
        ...patience,
        message: 'the commands cannot be registered, trying again',
        onFailure(reason) {
          fail(reason);
          onRetry();
        },
      });
      status = { areRegistered: true };
    } catch (error) {
      fail(reasonOf(error));
      if (signal?.aborted !== true) log.error({ err: error }, 'the commands are not registered');
    }
  }

  return {
    async register(client) {
      const { promise: isTried, resolve: goOn } = Promise.withResolvers<void>();
      signal?.addEventListener('abort', () => goOn(), { once: true });
      await Promise.race([keepRegistering(client, goOn), isTried]);
    },
    status: () => status,
  };
}
