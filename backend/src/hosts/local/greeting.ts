import type { Admin } from './admin.ts';

/** The text that the server prints when it has started: its address, its data folder, and commands to copy. */
export function greeting(url: string, folder: string, auth: 'open' | Admin | undefined): string {
  const where = `Curlew listens on ${url} (documentation: ${url}/docs)\nThe data is in ${folder}`;
  const ticket = `--json '{"title":"My first ticket"}' ${url}/v1/tickets`;
  if (auth === 'open') {
    return `${where}\nOpen mode: every caller of this address is an admin\nTry: curl ${ticket}`;
  }
  return `${where}
Sign in: export CURLEW_TOKEN=$(curl -s --json ${credentials(auth)} ${url}/v1/auth/sessions | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
Try: curl -H "Authorization: Bearer $CURLEW_TOKEN" ${ticket}`;
}

/** The line for the start that created a password. The password is not shown again. */
export function firstPassword({ email, password }: Admin): string | undefined {
  if (typeof password === 'string') return undefined;
  return `The admin is ${email} with the password ${password.generated} (shown this once)`;
}

function credentials(admin: Admin | undefined): string {
  const { email = '…', password = 'existing' } = admin ?? {};
  const text = JSON.stringify({ email, password: typeof password === 'string' ? '…' : password.generated });
  return `'${text.replaceAll("'", "'\\''")}'`;
}
