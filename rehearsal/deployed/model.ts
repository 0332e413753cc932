import type { Statement } from '../policy/statements.ts';

export type ApiKind = 'http' | 'rest';

/** A function as Lambda and IAM know it. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly handler: string;
  readonly runtime: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMegabytes: number;
  readonly codeSha256: string;
  readonly isTraced: boolean;
  readonly logGroup: string;
  /** What its role allows. */
  readonly statements: readonly Statement[];
  /** Who may invoke it. */
  readonly invokers: readonly Statement[];
  /** What becomes of an invocation that nobody waits for, when it fails. */
  readonly asynchronous: { readonly maximumRetries: number; readonly onFailureArn: string | undefined };
}

/** What feeds a stream to a function. */
export interface Mapping {
  readonly functionName: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly filters: readonly string[];
  readonly reportsItemFailures: boolean;
  readonly bisects: boolean;
  /** -1: until the records expire. */
  readonly maximumRetries: number;
  readonly onFailureArn: string | undefined;
}

/** What API Gateway itself asks of callers. */
export interface Authorizer {
  readonly issuers: readonly string[];
  /** Of an HTTP API; a REST API takes tokens for every client of its user pools. */
  readonly audiences: readonly string[];
  /** A token needs one of them, if there are any. */
  readonly scopes: readonly string[];
}

export interface ApiRoute {
  /** `GET`, … or `ANY`. */
  readonly method: string;
  readonly path: string;
  /** `ANY /tickets`, `$default`; of a REST API the id of the resource. */
  readonly key: string;
  readonly functionName: string;
  readonly payloadVersion: string;
  readonly timeoutMilliseconds: number;
  /** Absent: everybody gets through to the function. */
  readonly authorizer?: Authorizer;
}

export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly credentials: boolean;
  readonly maxAgeSeconds: number | undefined;
}

/** How a REST API words a refusal of its own. */
export interface GatewayResponse {
  readonly status: number | undefined;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string;
}

export interface DeployedApi {
  readonly kind: ApiKind;
  readonly id: string;
  readonly domainName: string;
  /** `$default` or a name; a named one stands in front of every path. */
  readonly stage: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly routes: readonly ApiRoute[];
  readonly binaryMediaTypes: readonly string[];
  readonly cors: Cors | undefined;
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
}

export interface DeployedTable {
  readonly name: string;
  readonly arn: string;
  readonly streamArn: string | undefined;
  /** As `CreateTable` takes it. */
  readonly schema: Readonly<Record<string, unknown>>;
  readonly expiresBy: string | undefined;
}

/** A rule of EventBridge whose targets are functions. */
export interface DeployedRule {
  readonly arn: string;
  readonly bus: string;
  readonly isEnabled: boolean;
  readonly pattern: string;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly functionName: string;
  /** Whether the function's policy lets the rule call it. */
  readonly admits: boolean;
  /** Where events go that could not be handed over. */
  readonly deadLetters?: { readonly queueUrl: string; readonly admits: boolean };
}
