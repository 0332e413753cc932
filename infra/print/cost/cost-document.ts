import { CACHE_MILLISECONDS } from '../../../backend/src/hosts/lambda/rotated-keys.ts';
import type { Environment, Layout } from './environments.ts';
import { idleAmounts, idleDollars } from './idle-cost.ts';
import { dollarsBeyondFree, dollarsFor, PRICES, type Price } from './prices.ts';
import { type RequestUnits, unitsOf } from './request-units.ts';
import { type Amount, amountsFor, readingDollars, totalOf } from './ticket-cost.ts';
import { ASSUMPTIONS, CONSUME_EVENT, EACH_REQUEST, READ_TEXT, REQUESTS } from './workload.ts';

export const DOCUMENT_PATH = 'docs/cost.md';
const TICKETS = 1000;

/** The text of `docs/cost.md`, from counted units and Terraform's files. */
export function costDocument(units: RequestUnits, environments: readonly Environment[]): string {
  const together = (layout: Layout) => money(idleDollars(idleAmounts(environments, layout)));
  const alone = (one: Environment) => money(idleDollars(idleAmounts([one], 'one-function')));
  const recovering = environments.filter(({ recovery }) => recovery).map(({ name }) => name);
  const days = environments.map(({ name, logDays }) => `${logDays} days in ${name}`);
  const consumed = unitsOf(units, CONSUME_EVENT);
  const perRequest = (kind: 'read' | 'write') =>
    EACH_REQUEST.reduce((total, name) => total + unitsOf(units, name)[kind], 0);
  const secretReads = dollarsFor((ASSUMPTIONS.monthSeconds * 1000) / CACHE_MILLISECONDS, PRICES.secretReads);
  const reading = unitsOf(units, READ_TEXT);
  const classifierMonth = dollarsFor(ASSUMPTIONS.monthSeconds, PRICES.classifierSeconds);
  const [http, rest] = [amountsFor(TICKETS, 'http', units), amountsFor(TICKETS, 'rest', units)];
  return `# What it costs

Computed by \`npm run generate\`; do not edit. Prices are AWS's list prices in ${PRICES.region} as known on ${PRICES.date}, in US
dollars; see ${PRICES.source}. The prices are in
[infra/print/cost/prices.ts](../infra/print/cost/prices.ts), the assumptions in
[infra/print/cost/workload.ts](../infra/print/cost/workload.ts): change them to your figures and run the command again.

## In short

- ${TICKETS.toLocaleString('en')} tickets, with all their requests and events: **${money(totalOf(http))}** with the HTTP API, **${money(totalOf(rest))}** with the REST API.
- If Comprehend analyses their texts, which is the default: **${money(readingDollars(TICKETS))}** more. The embedded analyser adds no cost.
- A month without requests: ${environments.map((one) => `**${alone(one)}** for ${one.name}`).join(', ')}.

## A month without requests

Functions, API, tables, streams and bus are paid by use: without requests they cost nothing. No queue is polled: rules
call functions, and dead-letter queues have no poller. Tables are encrypted with AWS owned keys, which are free. The
remaining cost of an environment that is alone in its account, with one function for all routes:

${idleTable(environments, 'one-function')}

With a function for each service, the same month costs:

${idleTable(environments, 'per-service')}

All ${environments.length} environments in one account share the account's free amounts: ${together('one-function')} a month with one function,
${together('per-service')} with one for each service.

Stored data costs ${each(PRICES.tableStorage)} beyond ${PRICES.tableStorage.free} GB, and ${each(PRICES.tableBackup)} with
point-in-time recovery (${recovering.join(', ')}). Logs are paid when they are written, and kept for
${days.join(', ')}.

These options cost money while idle too: a VPC, your own encryption key, and a secret for the keys of cursors
(\`signing_secret = "secrets-manager"\`): ${each(PRICES.secrets)}, and ${each(PRICES.secretReads)}. A function that serves
lists all the time makes one call in ${CACHE_MILLISECONDS / 60_000} minutes, ${money(secretReads)} a month. Your own classifier for Comprehend (\`classifier_endpoint_arn\`) has an endpoint, which costs
**${money(classifierMonth)} a month** per inference unit.

## ${TICKETS.toLocaleString('en')} tickets

The requests for an ordinary ticket, and their units of DynamoDB, counted by a test (\`docs/request-units.json\`):

${requestTable(units)}

In the worst case each request also looks up its caller, and each is counted for the caller's limit: ${figure(perRequest('read'))} read units and
${figure(perRequest('write'))} write unit. Each event that is counted takes ${figure(consumed.write)} write and ${figure(consumed.read)} read units, each analysed text ${figure(reading.write)} and ${figure(reading.read)}.
Without the free amounts, the cost is:

${ticketTable(http, rest)}

The estimate is high: it assumes one run of the relay per event, while under load up to 100 events share
a run. Each subscription has a run for each of its events. Further assumptions are ${ASSUMPTIONS.logKibPerRun} KiB of logs for each run, ${ASSUMPTIONS.answerKib} KiB for each answer, ${ASSUMPTIONS.storedKibPerTicket} KiB stored for each
ticket with its messages, events and places in indexes, ${Math.round(ASSUMPTIONS.tracedShare * 100)} % of requests traced, and the durations of \`workload.ts\`.

## Analysing texts

Triage analyses ${ASSUMPTIONS.textsPerTicket} texts per ticket, the ticket's own and a customer's reply, of ${ASSUMPTIONS.textCharacters} characters each. Comprehend detects
language, sentiment and key phrases, and costs ${each(PRICES.textUnits)} of 100 characters, at least three units per call:
${money(readingDollars(TICKETS))} for ${TICKETS.toLocaleString('en')} tickets, which is more than all other costs. \`text_analysis = { provider = "embedded" }\` analyses them in the
functions, within the run time of the table above; [docs/triage.md](triage.md) shows its accuracy.
`;
}

function idleTable(environments: readonly Environment[], layout: Layout): string {
  const columns = environments.map((one) => idleAmounts([one], layout));
  const rows = (columns[0] ?? []).map(({ what, price }, row) => {
    const { free, unit }: Price = PRICES[price];
    const cells = columns.map((amounts) => {
      const amount = amounts[row]?.amount ?? 0;
      return `${figure(amount)}: ${money(dollarsBeyondFree(amount, PRICES[price]))}`;
    });
    return [what, `${figure(free ?? 0)} ${unit}`, ...cells];
  });
  const totals = columns.map((amounts) => money(idleDollars(amounts)));
  return table(['A month of', 'Free', ...environments.map(({ name }) => name)], [...rows, ['Sum', '', ...totals]], 2);
}

function requestTable(units: RequestUnits): string {
  const rows = REQUESTS.map(({ name, description, timesPerTicket, milliseconds }) => {
    const { write, read } = unitsOf(units, name);
    return [description, `\`${name}\``, String(timesPerTicket), figure(write), figure(read), String(milliseconds)];
  });
  return table(['Request', 'Name', 'Times', 'Write units', 'Read units', 'Milliseconds'], rows, 2);
}

function ticketTable(http: readonly Amount[], rest: readonly Amount[]): string {
  const rows = http.map(({ what, price, amount }, row) => {
    const other = rest[row];
    const restDollars = other === undefined ? 0 : dollarsFor(other.amount, PRICES[other.price]);
    const prices =
      other === undefined || other.price === price
        ? each(PRICES[price])
        : `${each(PRICES[price])}, REST ${each(PRICES[other.price])}`;
    return [
      what,
      `${figure(amount)} ${PRICES[price].unit}`,
      prices,
      money(dollarsFor(amount, PRICES[price])),
      money(restDollars),
    ];
  });
  return table(
    ['For', 'Amount', 'Price', 'HTTP API', 'REST API'],
    [...rows, ['Sum', '', '', money(totalOf(http)), money(totalOf(rest))]],
    3,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[], firstNumber: number): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i < firstNumber ? '---' : '--:'))), ...rows.map(line)].join('\n');
}

function each({ dollars, per, unit }: Price): string {
  const price = `$${dollars >= 0.01 && Number.isInteger(Math.round(dollars * 1000) / 10) ? dollars.toFixed(2) : dollars}`;
  return per === 1 ? `${price} a ${unit.replace(/s$/, '')}` : `${price} a million ${unit}`;
}

function money(dollars: number): string {
  return `$${dollars.toFixed(dollars === 0 || dollars >= 0.1 ? 2 : 4)}`;
}

function figure(number: number): string {
  return number.toLocaleString('en', { maximumSignificantDigits: number < 1000 ? 3 : 6, useGrouping: true });
}
