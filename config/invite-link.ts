/** Where a server's admin lets the bot in, with the permissions that its features need; the README names them. */
export function inviteLink(applicationId: string): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=580851377228800`;
}
