/** How a text names a command such as `subscribe`. */
export type MentionCommand = (name: string) => string;
